namespace Touchstone.Domain;

/// <summary>Where an effect was seen.</summary>
public enum EvidenceKind
{
    /// <summary>In judged cases of the past: what a shopper took, not what a slate caused.</summary>
    Offline,

    /// <summary>In another policy's log, by its propensities.</summary>
    OffPolicy,

    /// <summary>In a randomised experiment on shoppers: only this can say ship.</summary>
    Experiment,
}

/// <summary>What was found out about challengers, from one place; file form: docs/formats.md.</summary>
public sealed record VerdictEvidence
{
    /// <summary>Where.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The model they are compared with.</summary>
    public required string Champion { get; init; }

    /// <summary>What the effect is of, e.g. <c>revenue a visitor</c>: money a unit.</summary>
    public required string Metric { get; init; }

    /// <summary>Challengers, at least one, all against the same champion.</summary>
    public required IReadOnlyList<ChallengerEvidence> Challengers { get; init; }

    /// <summary>Standard error of the champion's own mean, which all differences share; NaN where not known: they are taken as independent.</summary>
    public double ChampionStandardError { get; init; } = double.NaN;

    /// <summary>Whether the experiment reached the size that was planned.</summary>
    public bool IsFinished { get; init; } = true;

    /// <summary>Whether its interval holds at every look (sequential); else it holds at the planned end only.</summary>
    public bool IsValidAtEveryLook { get; init; }

    /// <summary>Days that it ran; NaN where not known.</summary>
    public double Days { get; init; } = double.NaN;

    /// <summary>Share of traffic that sees the challenger, in (0, 1).</summary>
    public double ChallengerShare { get; init; } = 0.5;

    /// <summary>p of the test for a sample ratio mismatch; NaN where not tested.</summary>
    public double SampleRatioP { get; init; } = double.NaN;

    /// <summary>Share of units whose outcomes are younger than the return window, in [0, 1].</summary>
    public double ImmatureShare { get; init; }

    /// <summary>Return window in days; NaN where not stated.</summary>
    public double ReturnWindowDays { get; init; } = double.NaN;

    /// <summary>What speaks against trusting the figures, a phrase each.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];
}

/// <summary>One challenger's effect.</summary>
public sealed record ChallengerEvidence
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Version in the registry; null where it is in none.</summary>
    public string? Version { get; init; }

    /// <summary>Challenger − champion, money a unit.</summary>
    public required Estimate Effect { get; init; }

    /// <summary>Figures that must not get worse, as measured.</summary>
    public IReadOnlyList<GuardrailEvidence> Guardrails { get; init; } = [];

    /// <summary>Milliseconds by which a request takes longer than with the champion; NaN where not measured.</summary>
    public double AddedLatencyMs { get; init; } = double.NaN;
}

/// <summary>A guardrail as measured.</summary>
/// <param name="Metric">What.</param>
/// <param name="Difference">Challenger − champion, in the metric's unit.</param>
/// <param name="Margin">How much worse it may be, in the metric's unit, at least 0; NaN where the money file states it.</param>
/// <param name="IsHigherBetter">Which way is good.</param>
public sealed record GuardrailEvidence(string Metric, Estimate Difference, double Margin, bool IsHigherBetter);
