namespace Touchstone.Domain;

/// <summary>One unit's arm of one experiment, as it was decided.</summary>
public sealed record Assignment
{
    /// <summary>Storefront.</summary>
    public required string Site { get; init; }

    /// <summary>Experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>Salt of the hash that decided.</summary>
    public required string Salt { get; init; }

    /// <summary>Unit of randomisation: a shopper's or client's id.</summary>
    public required string Unit { get; init; }

    /// <summary>Bucket that the hash gave, from 0.</summary>
    public required int Bucket { get; init; }

    /// <summary>Variant that the bucket belongs to.</summary>
    public required string Variant { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTime OccurredAt { get; init; }
}
