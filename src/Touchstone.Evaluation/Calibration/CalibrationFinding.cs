using Touchstone.Evaluation.Experiments;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Calibration;

/// <summary>What a method claims, and how often it came true.</summary>
public sealed record CalibrationFinding
{
    /// <summary>Kind of method: <c>fixed horizon</c>, <c>sequential</c>, …</summary>
    public required string Family { get; init; }

    /// <summary>The method and what it was asked.</summary>
    public required string Method { get; init; }

    /// <summary>What was counted: coverage, wins without an effect, alarms.</summary>
    public required string Counted { get; init; }

    /// <summary>Repetitions.</summary>
    public required int Repetitions { get; init; }

    /// <summary>Share of the repetitions in which it came about.</summary>
    public required double Rate { get; init; }

    /// <summary>Monte Carlo interval of the rate at 95 % (Wilson 1927).</summary>
    public required Interval MonteCarlo { get; init; }

    /// <summary>Where the rate should lie.</summary>
    public required Interval Wanted { get; init; }

    /// <summary>Mean width of the intervals, over that of the fixed-horizon interval on the same data; NaN where there is none.</summary>
    public double RelativeWidth { get; init; } = double.NaN;

    /// <summary>Bias over standard error, where the estimate itself was judged; else NaN.</summary>
    public double BiasInErrors { get; init; } = double.NaN;

    /// <summary>Whether the method is shown as a warning only: it makes no such claim.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Whether the Monte Carlo interval overlaps what is wanted.</summary>
    public bool Passes => MonteCarlo.Low <= Wanted.High && MonteCarlo.High >= Wanted.Low;

    /// <summary>A finding from a count.</summary>
    internal static CalibrationFinding Of(string family, string method, string counted, int hits, int repetitions, double low, double high) => new()
    {
        Family = family,
        Method = method,
        Counted = counted,
        Repetitions = repetitions,
        Rate = (double)hits / repetitions,
        MonteCarlo = TwoProportions.Wilson(hits, repetitions, Distributions.NormalQuantile(0.975)),
        Wanted = new Interval(low, high),
    };
}
