namespace Touchstone.Domain;

/// <summary>What follows for a model.</summary>
public enum Decision
{
    /// <summary>Worth an experiment on real shoppers.</summary>
    Try,

    /// <summary>Becomes champion; only an experiment can earn it.</summary>
    Ship,

    /// <summary>Stays in shadow.</summary>
    Hold,

    /// <summary>Leaves the shoppers who see it.</summary>
    RollBack,
}

/// <summary>One metric of challenger against champion, as a verdict keeps it.</summary>
/// <param name="Metric">Name, e.g. <c>ndcg@10</c>.</param>
/// <param name="Challenger">The challenger's figure.</param>
/// <param name="Champion">The champion's figure.</param>
/// <param name="Difference">Challenger − champion.</param>
/// <param name="ProbabilityBetter">Probability that the challenger is better, in [0, 1].</param>
public sealed record VerdictMetric(string Metric, Estimate Challenger, Estimate Champion, Estimate Difference, double ProbabilityBetter);

/// <summary>What a model is worth against the champion, and what follows. Without one, no model serves.</summary>
public sealed record Verdict
{
    /// <summary>What follows.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The model judged.</summary>
    public required string Challenger { get; init; }

    /// <summary>The challenger's version in the registry: the verdict admits this version and no other. Null where the model judged is in none.</summary>
    public string? ChallengerVersion { get; init; }

    /// <summary>The model it is compared with.</summary>
    public required string Champion { get; init; }

    /// <summary>The champion's version in the registry.</summary>
    public string? ChampionVersion { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Money a year more than with the champion; null where there is no money verdict.</summary>
    public Estimate? Money { get; init; }

    /// <summary>Why there is no money verdict; null where there is one.</summary>
    public string? NoMoneyReason { get; init; }

    /// <summary>The metrics it rests on, the deciding one first.</summary>
    public required IReadOnlyList<VerdictMetric> Metrics { get; init; }

    /// <summary>Name of the deciding metric.</summary>
    public required string DecidingMetric { get; init; }

    /// <summary>Probability that the challenger is better on the deciding metric, in [0, 1].</summary>
    public required double ProbabilityBetter { get; init; }

    /// <summary>What would have to be known or shown for a better verdict.</summary>
    public required IReadOnlyList<string> MissingEvidence { get; init; }

    /// <summary>Guardrails that the challenger breaks.</summary>
    public required IReadOnlyList<string> GuardrailsBroken { get; init; }

    /// <summary>What was assumed, one sentence each.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>The protocol of all figures, in one line.</summary>
    public required string Protocol { get; init; }

    /// <summary>Content hash of the metric definitions, so that figures of other definitions are told apart.</summary>
    public required string MetricDefinitionsHash { get; init; }

    /// <summary>Days that an experiment with half the traffic each would roughly take to settle it; null where it cannot be computed.</summary>
    public int? ExperimentDays { get; init; }
}
