using System.Text.Json;

namespace Touchstone.Cli.Stages;

/// <summary>What training one model left: where it lies in the registry and what it cost.</summary>
internal sealed record TrainedModel
{
    /// <summary>Name in shop.yaml, the registry and reports.</summary>
    public required string Name { get; init; }

    /// <summary>Version in the registry; null where the data could not feed it.</summary>
    public string? Version { get; init; }

    /// <summary>Why the data could not feed it.</summary>
    public string? NotApplicable { get; init; }

    /// <summary>Seconds of training, wall clock.</summary>
    public double TrainSeconds { get; init; }

    /// <summary>Peak resident memory of the process while it trained, MiB.</summary>
    public double PeakMemoryMib { get; init; }

    /// <summary>Size of its folder, bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Reads the models that the train stage listed, in the order of shop.yaml.</summary>
    public static IReadOnlyList<TrainedModel> ReadAll(Workspace workspace) =>
        JsonSerializer.Deserialize<List<TrainedModel>>(File.ReadAllText(Path.Combine(workspace.Stage("train"), "models.json")), StageJson.Options) ?? [];

    /// <summary>Reads one, or null where it has not been trained yet.</summary>
    public static TrainedModel? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<TrainedModel>(File.ReadAllText(path), StageJson.Options) : null;
}
