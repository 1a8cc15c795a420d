using Touchstone.Domain;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.Pretraining;

/// <summary>One pretraining: what it reads, how, and where it writes.</summary>
public sealed record PretrainingJob
{
    /// <summary>What is read.</summary>
    public required PretrainingCorpus Corpus { get; init; }

    /// <summary>Tokens; where a training is continued, those of its folder.</summary>
    public required WordPieceVocabulary Vocabulary { get; init; }

    /// <summary>Options.</summary>
    public PretrainingOptions Options { get; init; } = new();

    /// <summary>Hugging Face folder whose weights are trained on; null = from scratch.</summary>
    public string? ContinuedFolder { get; init; }

    /// <summary>Where all chance comes from.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Threads of LibTorch.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Where the model goes, in Hugging Face's layout.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Where the unfinished training is kept.</summary>
    public required string CheckpointFolder { get; init; }

    /// <summary>Where TensorBoard event files go; null for none.</summary>
    public string? CurvesFolder { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointSteps { get; init; } = 250;
}
