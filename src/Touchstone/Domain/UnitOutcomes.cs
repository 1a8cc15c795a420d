namespace Touchstone.Domain;

/// <summary>What units (shoppers) of a known population did, as columns of one length: what a judge of experiments is calibrated on.</summary>
public sealed record UnitOutcomes
{
    /// <summary>[unit] revenue before the experiment would begin, in the reporting currency: the covariate.</summary>
    public required double[] EarlierRevenue { get; init; }

    /// <summary>[unit] revenue from then on.</summary>
    public required double[] Revenue { get; init; }

    /// <summary>[unit] sessions of the whole time; every unit has one at least.</summary>
    public required double[] Sessions { get; init; }

    /// <summary>Units.</summary>
    public int Count => Revenue.Length;
}
