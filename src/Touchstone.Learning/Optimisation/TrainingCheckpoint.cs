using Touchstone.Learning.Networks;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Learning.Optimisation;

/// <summary>Weights and moments of an unfinished training, so that a killed one goes on to the same figures.</summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="key">What it belongs to: another key is another training, whose checkpoint is not taken up.</param>
internal sealed class TrainingCheckpoint(string folder, string key)
{
    private const string KeyName = "training";
    private readonly string _path = Path.Combine(folder, "training.safetensors");

    /// <summary>Writes beside the old one, then takes its place, so that a kill leaves one or the other.</summary>
    public void Write(ParameterSet weights, AdamW optimiser)
    {
        Directory.CreateDirectory(folder);
        Safetensors.Write(_path + ".tmp", [.. weights.ToTensors(), .. optimiser.ToTensors()], new SortedDictionary<string, string>(StringComparer.Ordinal) { [KeyName] = key });
        File.Move(_path + ".tmp", _path, true);
    }

    /// <summary>Takes up what is there.</summary>
    /// <returns>Whether there was a checkpoint of this training.</returns>
    public bool TryLoad(ParameterSet weights, AdamW optimiser)
    {
        if (!File.Exists(_path)) return false;
        var stored = Safetensors.Read(_path);
        if (!stored.Metadata.TryGetValue(KeyName, out var of) || of != key) return false;
        foreach (var name in weights.Names) weights.Load(name, stored[name]);
        optimiser.Load(stored);
        return true;
    }

    /// <summary>Removes it with its folder, once the training has ended.</summary>
    public void Delete()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
    }
}
