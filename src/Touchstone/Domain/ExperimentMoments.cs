namespace Touchstone.Domain;

/// <summary>An experiment's data reduced to what statistics need: small whatever the number of rows.</summary>
public sealed record ExperimentMoments
{
    /// <summary>[segment, then arm] moments; without segments one entry an arm.</summary>
    public required IReadOnlyList<SegmentMoments> Segments { get; init; }

    /// <summary>[arm] moments over all segments, arms in ordinal order of their names.</summary>
    public required IReadOnlyList<VariantMoments> Arms { get; init; }

    /// <summary>Quantiles by metric.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<VariantQuantile>> Quantiles { get; init; } = new Dictionary<string, IReadOnlyList<VariantQuantile>>();

    /// <summary>Caps by metric that were winsorised; NaN where there was nothing to cut.</summary>
    public IReadOnlyDictionary<string, UsedCap> Caps { get; init; } = new Dictionary<string, UsedCap>();

    /// <summary>Metrics day by day after exposure; empty where not asked for.</summary>
    public IReadOnlyList<DailyMoments> Daily { get; init; } = [];

    /// <summary>What was counted, left out or looks wrong.</summary>
    public required IReadOnlyList<HygieneCount> Hygiene { get; init; }
}

/// <summary>Moments of one arm within one segment.</summary>
/// <param name="Segment">Value of the segment's column; empty where there are no segments.</param>
/// <param name="Moments">The moments.</param>
public sealed record SegmentMoments(string Segment, VariantMoments Moments);

/// <summary>A cap that was used.</summary>
/// <param name="Value">The cap, from all arms pooled; NaN where there was nothing to cut.</param>
/// <param name="CappedUnits">Units above it.</param>
public sealed record UsedCap(double Value, long CappedUnits);

/// <summary>One thing counted about exposures and events.</summary>
/// <param name="Name">Stable name, e.g. <c>units_in_several_arms</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Meaning">What it is and what was done about it.</param>
/// <param name="IsWarning">Whether a number above 0 casts doubt on the figures.</param>
public sealed record HygieneCount(string Name, long Count, string Meaning, bool IsWarning = false);
