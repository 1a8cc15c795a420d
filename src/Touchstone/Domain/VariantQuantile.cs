namespace Touchstone.Domain;

/// <summary>A quantile of one variant's events with what its error needs.</summary>
public sealed record VariantQuantile
{
    /// <summary>Name of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>Which quantile, in (0, 1).</summary>
    public required double Probability { get; init; }

    /// <summary>Events.</summary>
    public required long Events { get; init; }

    /// <summary>Units that have events.</summary>
    public required long Units { get; init; }

    /// <summary>The quantile, type 7.</summary>
    public required double Value { get; init; }

    /// <summary>The quantile at probability − z √(p(1 − p)/events).</summary>
    public required double Lower { get; init; }

    /// <summary>The quantile at probability + z √(p(1 − p)/events).</summary>
    public required double Upper { get; init; }

    /// <summary>Variance of the share of events at or below the quantile, units being drawn, over the same for independent events; 1 where each unit has one event.</summary>
    public required double ClusterFactor { get; init; }
}
