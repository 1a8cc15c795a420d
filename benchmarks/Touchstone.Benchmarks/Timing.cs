using System.Diagnostics;

namespace Touchstone.Benchmarks;

/// <summary>One thing that was timed, a time a repetition.</summary>
internal sealed record Timing(string Name, double[] Seconds, string Unit = "", double WorkASecond = double.NaN)
{
    public double Median => Timing.MedianOf(Seconds);

    public static double MedianOf(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public static double SecondsOf(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}

/// <summary>A claim: the median over repetitions of a ratio taken within each repetition.</summary>
internal sealed record Ratio(string Name, double[] Values, double Limit)
{
    public double Median => Timing.MedianOf(Values);
}

/// <summary>What one benchmark measured.</summary>
internal sealed record Measured(string Name, string What, Timing[] Timings, Ratio[] Ratios, string[] Notes);
