namespace Touchstone.Evaluation.Reports;

/// <summary>Bars side by side, drawn in HTML only: the figures stand in a table beside it.</summary>
public sealed record HistogramSection : ReportSection
{
    /// <summary>The picture in words.</summary>
    public required string Description { get; init; }

    /// <summary>Bars, left to right.</summary>
    public required IReadOnlyList<HistogramBar> Bars { get; init; }
}

/// <summary>A bar with a thinner one in front.</summary>
/// <param name="Name">Below the bar.</param>
/// <param name="Share">Its height, in [0, 1].</param>
/// <param name="SecondShare">Height of the one in front, in [0, 1].</param>
/// <param name="Words">Shown on hovering.</param>
public sealed record HistogramBar(string Name, double Share, double SecondShare, string Words);
