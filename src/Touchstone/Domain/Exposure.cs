namespace Touchstone.Domain;

/// <summary>One product of one slate as it was served, with all that is needed to judge it later.</summary>
public sealed record Exposure
{
    /// <summary>Storefront.</summary>
    public required string Site { get; init; }

    /// <summary>Slate id (UUIDv7, which a client may supply).</summary>
    public required string Slate { get; init; }

    /// <summary>Event id of this row (UUIDv7).</summary>
    public required string EventId { get; init; }

    /// <summary>Request that asked for the slate.</summary>
    public string? Request { get; init; }

    /// <summary>Where it was shown: home, product page, search, e-mail.</summary>
    public required string Surface { get; init; }

    /// <summary>Query id, on a search slate.</summary>
    public string? QueryId { get; init; }

    /// <summary>Known shopper.</summary>
    public string? Shopper { get; init; }

    /// <summary>Anonymous client.</summary>
    public string? Client { get; init; }

    /// <summary>Session.</summary>
    public string? Session { get; init; }

    /// <summary>When it was served, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>Policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>Content hash of model and configuration.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>All active assignments, <c>experiment:salt:bucket:variant</c> joined by <c>;</c>.</summary>
    public string? Assignments { get; init; }

    /// <summary>How many products were eligible.</summary>
    public required int EligibleCount { get; init; }

    /// <summary>Stable hash of the eligible set.</summary>
    public required string EligibleHash { get; init; }

    /// <summary>Version of the eligibility rules.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>Source of the candidate.</summary>
    public required string CandidateSource { get; init; }

    /// <summary>Context features that the policy saw, a JSON object.</summary>
    public string? Context { get; init; }

    /// <summary>Product shown.</summary>
    public required string Product { get; init; }

    /// <summary>Position in the slate, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Score that ranked it.</summary>
    public required double Score { get; init; }

    /// <summary>Price as shown.</summary>
    public decimal? Price { get; init; }

    /// <summary>Stock as shown: whether it could be bought.</summary>
    public bool? IsAvailable { get; init; }

    /// <summary>Probability that this product stood at this position, in (0, 1].</summary>
    public required double MarginalPropensity { get; init; }

    /// <summary>Probability of this product here given the positions above, in (0, 1].</summary>
    public required double ConditionalPropensity { get; init; }

    /// <summary>Whether it was seen (served is not viewed); null where not measured.</summary>
    public bool? IsViewed { get; init; }
}
