namespace Touchstone.Learning.FineTuning;

/// <summary>What a fine-tuning did.</summary>
public sealed record FineTuningResult
{
    /// <summary>Steps made.</summary>
    public required long Steps { get; init; }

    /// <summary>Pairs there were to learn from.</summary>
    public required long PairCount { get; init; }

    /// <summary>Tokens a second, of the process that ended the training.</summary>
    public required double TokensASecond { get; init; }

    /// <summary>Figures on held-out training rows, by name.</summary>
    public required IReadOnlyDictionary<string, double> HeldOut { get; init; }
}
