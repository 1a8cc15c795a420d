using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Indicators;

/// <summary>Speed, faults, size and cost: figures of the whole shop, without an interval over shoppers.</summary>
internal static class TechnicalIndicators
{
    private const long MinuteMs = 60_000;

    internal static IEnumerable<KeyValuePair<string, double>> Of(ShopLog log, TechnicalFacts facts)
    {
        if (log.RequestMs.Length > 0)
        {
            var sorted = log.RequestMs.ToArray();
            Array.Sort(sorted);
            yield return new("latency_p50_ms", Quantile.Type7(sorted, 0.5));
            yield return new("latency_p95_ms", Quantile.Type7(sorted, 0.95));
            yield return new("latency_p99_ms", Quantile.Type7(sorted, 0.99));
        }

        // A log that does not tell failures says nothing of them.
        if (log.IsRequestFailed.Length > 0)
        {
            yield return new("error_rate", (double)log.IsRequestFailed.Count(failed => failed) / log.IsRequestFailed.Length);
            if (log.RequestAtMs.Length > 0) yield return new("availability", Availability(log));
        }

        yield return new("cost_per_1000_requests", facts.CostPer1000Requests);
        yield return new("model_parameters", facts.ModelParameters);
        yield return new("model_size_mib", facts.ModelSizeMiB);
        yield return new("model_age_days", facts.ModelAgeDays);
    }

    private static double Availability(ShopLog log)
    {
        Dictionary<long, (int All, int Failed)> minutes = [];
        for (var i = 0; i < log.RequestAtMs.Length; i++)
        {
            var minute = Math.DivRem(log.RequestAtMs[i], MinuteMs).Quotient;
            var (all, failed) = minutes.GetValueOrDefault(minute);
            minutes[minute] = (all + 1, failed + (log.IsRequestFailed[i] ? 1 : 0));
        }

        return (double)minutes.Values.Count(minute => 2 * minute.Failed <= minute.All) / minutes.Count;
    }
}
