namespace Touchstone.Evaluation.Indicators;

/// <summary>What a workspace knows of its champion and its costs; NaN where unknown.</summary>
public sealed record TechnicalFacts
{
    /// <summary>Numbers in the champion's weights.</summary>
    public double ModelParameters { get; init; } = double.NaN;

    /// <summary>Size of the champion's folder, MiB.</summary>
    public double ModelSizeMiB { get; init; } = double.NaN;

    /// <summary>Days since it was trained.</summary>
    public double ModelAgeDays { get; init; } = double.NaN;

    /// <summary>What 1,000 requests cost, reporting currency.</summary>
    public double CostPer1000Requests { get; init; } = double.NaN;
}
