namespace Touchstone.Evaluation.Interleaving;

/// <summary>What a log of interleaved lists says.</summary>
public sealed record InterleavingResult
{
    /// <summary>Names of the rankings.</summary>
    public required IReadOnlyList<string> Rankings { get; init; }

    /// <summary>How credit was given, in words.</summary>
    public required string Method { get; init; }

    /// <summary>Lists shown.</summary>
    public required int ListCount { get; init; }

    /// <summary>Lists with a click: only these are judged.</summary>
    public required int ClickedListCount { get; init; }

    /// <summary>Units that lists are clustered by.</summary>
    public required int UnitCount { get; init; }

    /// <summary>What the unit is: <c>shopper</c>, or <c>list</c> where the log names no shoppers.</summary>
    public required string UnitName { get; init; }

    /// <summary>Every pair of rankings.</summary>
    public required IReadOnlyList<PairPreference> Pairs { get; init; }

    /// <summary>Each query, for the first two rankings, most lists first; empty where the log has no queries.</summary>
    public required IReadOnlyList<QueryPreference> Queries { get; init; }

    /// <summary>What speaks against trusting the figures, a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>One query's lists.</summary>
/// <param name="Query">The query.</param>
/// <param name="Lists">Lists shown.</param>
/// <param name="Wins">Won by the first ranking.</param>
/// <param name="Losses">Won by the second ranking.</param>
/// <param name="Ties">Clicks in balance.</param>
/// <param name="Preference">Δ in [−½, ½]; NaN without a clicked list.</param>
/// <param name="SignTestP">Exact sign test, not corrected for the number of queries.</param>
public sealed record QueryPreference(string Query, int Lists, int Wins, int Losses, int Ties, double Preference, double SignTestP);
