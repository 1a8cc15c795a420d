using Touchstone.Serving.Rollout;

namespace Touchstone.Serving.Slates;

/// <summary>What one shopper is shown, best first, and all that is needed to judge later how it came about.</summary>
public sealed record Slate
{
    /// <summary>Id (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The policy that made it, and by what right it serves.</summary>
    public required ServingPolicy Policy { get; init; }

    /// <summary>Products, rank ascending.</summary>
    public required IReadOnlyList<SlateItem> Items { get; init; }

    /// <summary>How many products were eligible.</summary>
    public required int EligibleCount { get; init; }

    /// <summary>Stable hash of the eligible set.</summary>
    public required string EligibleHash { get; init; }

    /// <summary>Version of the eligibility rules.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>Source of the candidates.</summary>
    public required string CandidateSource { get; init; }
}
