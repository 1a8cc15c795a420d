using Touchstone.Domain;

namespace Touchstone.Learning.FineTuning;

/// <summary>What both fine-tunings are told.</summary>
public record FineTuningJob
{
    /// <summary>Hugging Face folder of the language model to begin with.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Where the model goes, in Hugging Face's layout.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Where the unfinished training is kept.</summary>
    public required string CheckpointFolder { get; init; }

    /// <summary>Where TensorBoard event files go; null for none.</summary>
    public string? CurvesFolder { get; init; }

    /// <summary>Where all chance comes from.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Threads of LibTorch.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>What the data are, so that a checkpoint of other data is not taken up: a hash.</summary>
    public required string DataHash { get; init; }
}
