using System.Diagnostics;
using Touchstone.Numerics;

namespace Touchstone.Cli.Stages;

/// <summary>Times calls of a model, as a request would make them.</summary>
internal static class LatencyMeter
{
    /// <summary>Median and 99th percentile of the calls, ms; the first calls, which warm up, are left out.</summary>
    /// <param name="calls">Calls to time.</param>
    /// <param name="call">Makes the n-th call.</param>
    /// <param name="cancellation">Stops between calls.</param>
    public static (double P50Ms, double P99Ms) Of(int calls, Action<int> call, CancellationToken cancellation)
    {
        const int WarmUp = 5;
        var milliseconds = new double[calls];
        for (var i = -WarmUp; i < calls; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            call(i + WarmUp);
            if (i >= 0) milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return (Quantile.Type7(milliseconds, 0.5), Quantile.Type7(milliseconds, 0.99));
    }
}
