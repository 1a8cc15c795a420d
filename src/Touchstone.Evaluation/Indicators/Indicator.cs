using Touchstone.Domain;

namespace Touchstone.Evaluation.Indicators;

/// <summary>The four families of business value.</summary>
public enum IndicatorFamily
{
    /// <summary>Whether shoppers buy, come back and are content.</summary>
    Satisfaction,

    /// <summary>What slates bring about.</summary>
    Recommendation,

    /// <summary>How finding and buying goes.</summary>
    Experience,

    /// <summary>Speed, faults, size and cost.</summary>
    Technical,
}

/// <summary>Which way is good.</summary>
public enum IndicatorDirection
{
    /// <summary>Higher is better.</summary>
    Higher,

    /// <summary>Lower is better.</summary>
    Lower,

    /// <summary>Neither: it describes.</summary>
    Neither,
}

/// <summary>A named indicator of the catalogue.</summary>
/// <param name="Name">Name, snake case.</param>
/// <param name="Family">Family.</param>
/// <param name="Definition">What is counted over what.</param>
/// <param name="Unit">Unit; <c>money</c> stands for the reporting currency.</param>
/// <param name="Direction">Which way is good.</param>
/// <param name="Source">Facts that it is computed from.</param>
/// <param name="GuardrailMargin">By which share of the champion's figure it may be worse, by default; NaN for no guardrail.</param>
public sealed record IndicatorDefinition(
    string Name, IndicatorFamily Family, string Definition, string Unit, IndicatorDirection Direction, string Source, double GuardrailMargin = double.NaN);

/// <summary>An indicator as measured.</summary>
public sealed record IndicatorValue
{
    /// <summary>Which.</summary>
    public required IndicatorDefinition Definition { get; init; }

    /// <summary>The figure; its interval is NaN where the indicator is no ratio of sums over shoppers. Null where not measured.</summary>
    public Estimate? Figure { get; init; }

    /// <summary>[replicate] the figure over resampled shoppers, the same draws for all indicators; empty where there are none.</summary>
    public double[] Replicates { get; init; } = [];

    /// <summary>Why there is no figure; null where there is one.</summary>
    public string? NotMeasured { get; init; }
}
