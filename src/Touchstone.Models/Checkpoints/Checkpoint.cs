namespace Touchstone.Models.Checkpoints;

/// <summary>What one checkpoint file holds.</summary>
public sealed record Checkpoint
{
    /// <summary>The tensors, in the order in which the file holds their bytes.</summary>
    public required IReadOnlyList<NamedTensor> Tensors { get; init; }

    /// <summary>Free text pairs of the header, by key (ordinal).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where it was read from, for errors.</summary>
    public string Source { get; init; } = "checkpoint";

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="CheckpointException">There is none (lists those that there are).</exception>
    public NamedTensor this[string name] =>
        Find(name) ?? throw Malformed($"there is no tensor \"{name}\"; there are: {string.Join(", ", Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal))}.");

    /// <summary>The tensor of a name, or null.</summary>
    public NamedTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>An exception that says where the checkpoint came from and what is wrong with it.</summary>
    public CheckpointException Malformed(string what) => new($"{Source}: {what}");
}
