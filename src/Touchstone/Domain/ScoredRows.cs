namespace Touchstone.Domain;

/// <summary>Rows that classifiers or click models scored, with what was so, as columns.</summary>
public sealed record ScoredRows
{
    /// <summary>[score] names of the scores.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>[score][row] scores, finite; higher means more likely.</summary>
    public required IReadOnlyList<double[]> Scores { get; init; }

    /// <summary>[score] where the first score stands that is no probability; null where all lie in [0, 1].</summary>
    public required IReadOnlyList<string?> NoProbability { get; init; }

    /// <summary>[row] what was so.</summary>
    public required bool[] Labels { get; init; }

    /// <summary>[row] group (shopper, query), from 0; empty without groups.</summary>
    public int[] Groups { get; init; } = [];

    /// <summary>How many groups.</summary>
    public int GroupCount { get; init; }

    /// <summary>What speaks against trusting the rows, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
