using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Cli.Stages;

/// <summary>What int8 saves and costs beside single precision.</summary>
internal sealed record ModelPrice
{
    /// <summary>Bytes of the graph in single precision.</summary>
    public required long SingleBytes { get; init; }

    /// <summary>Bytes of the graph in int8.</summary>
    public required long Int8Bytes { get; init; }

    /// <summary>Batch sizes that calls were timed at.</summary>
    public required IReadOnlyList<int> BatchSizes { get; init; }

    /// <summary>[batch size] median and 99th percentile of a call in single precision, ms.</summary>
    public required IReadOnlyList<(double P50Ms, double P99Ms)> Single { get; init; }

    /// <summary>[batch size] median and 99th percentile of a call in int8, ms.</summary>
    public required IReadOnlyList<(double P50Ms, double P99Ms)> Int8 { get; init; }

    /// <summary>The metric that quality was measured by.</summary>
    public required string Metric { get; init; }

    /// <summary>Int8 minus single precision by that metric.</summary>
    public required Estimate Difference { get; init; }

    /// <summary>As metrics of a card.</summary>
    public IReadOnlyDictionary<string, double> ToMetrics()
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["fp32/bytes"] = SingleBytes,
            ["int8/bytes"] = Int8Bytes,
            [$"int8/{Metric}_difference"] = Difference.Value,
            [$"int8/{Metric}_difference_low"] = Difference.Low,
            [$"int8/{Metric}_difference_high"] = Difference.High,
        };
        for (var i = 0; i < BatchSizes.Count; i++)
        {
            var batch = BatchSizes[i].ToString(CultureInfo.InvariantCulture);
            (metrics[$"fp32/latency_p50_ms@batch{batch}"], metrics[$"fp32/latency_p99_ms@batch{batch}"]) = Single[i];
            (metrics[$"int8/latency_p50_ms@batch{batch}"], metrics[$"int8/latency_p99_ms@batch{batch}"]) = Int8[i];
        }

        return metrics;
    }

    /// <summary>In one line.</summary>
    public string ToSentence() => string.Create(CultureInfo.InvariantCulture, $"int8: {Int8Bytes / 1048576.0:0.0} MiB for {SingleBytes / 1048576.0:0.0}; {string.Join("; ", BatchSizes.Select((size, i) => $"batch {size} p50 {Int8[i].P50Ms:0.00} ms for {Single[i].P50Ms:0.00}, p99 {Int8[i].P99Ms:0.00} for {Single[i].P99Ms:0.00}"))}; {Metric} {Difference.Value:+0.0000;−0.0000;0.0000} ({Difference.Low:+0.0000;−0.0000;0.0000} to {Difference.High:+0.0000;−0.0000;0.0000})");
}
