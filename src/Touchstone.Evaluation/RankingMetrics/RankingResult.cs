using System.Globalization;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>How long one shopper's ranking takes: scoring all products, removing the history, choosing the slate; one thread, milliseconds.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="P50">Median (type 7).</param>
/// <param name="P99">99th percentile (type 7).</param>
/// <param name="SampleCount">How many cases were timed.</param>
public sealed record RankTimes(double Mean, double P50, double P99, int SampleCount);

/// <summary>What one model did on judged cases: per-case columns, so that comparisons are paired, and the slates behind them.</summary>
public sealed record RankingResult
{
    /// <summary>Products kept of each ranking.</summary>
    public const int SlateLength = 20;

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>How it was judged.</summary>
    public required RankingProtocol Protocol { get; init; }

    /// <summary>[case] unit of each case.</summary>
    public required string[] Units { get; init; }

    /// <summary>[target] rank of each judged product, from 1; 0 where the model cannot list it (score −∞).</summary>
    public required int[] TargetRanks { get; init; }

    /// <summary>[case] judged products.</summary>
    public required double[] PurchasesJudged { get; init; }

    /// <summary>[case] judged products with known revenue; empty where there are no prices.</summary>
    public required double[] PurchasesWithRevenue { get; init; }

    /// <summary>[case] judged products with known margin; empty where there are no margins.</summary>
    public required double[] PurchasesWithMargin { get; init; }

    /// <summary>[cut-off][case] 1 where any judged product is among the first k.</summary>
    public required double[][] Hits { get; init; }

    /// <summary>[cut-off][case] NDCG, binary gain, ideal over all judged products cut at k.</summary>
    public required double[][] Ndcgs { get; init; }

    /// <summary>[cut-off][case] share of the judged products among the first k.</summary>
    public required double[][] Recalls { get; init; }

    /// <summary>[case] 1 / rank of the best judged product over the full list, 0 where none is listed.</summary>
    public required double[] ReciprocalRanks { get; init; }

    /// <summary>[cut-off][case] revenue of the judged products among the first k, reporting currency; empty where there are no prices.</summary>
    public required double[][] RevenuesCaptured { get; init; }

    /// <summary>[cut-off][case] margin of the judged products among the first k, reporting currency; empty where there are no margins.</summary>
    public required double[][] MarginsCaptured { get; init; }

    /// <summary>[case] margin of all judged products with known margin; empty where there are no margins.</summary>
    public required double[] MarginsJudged { get; init; }

    /// <summary>[case] revenue of all judged products with known revenue; empty where there are no prices.</summary>
    public required double[] RevenuesJudged { get; init; }

    /// <summary>[case] whether the score of a judged product equals another candidate's.</summary>
    public required bool[] IsTied { get; init; }

    /// <summary>[case, <see cref="SlateLength"/>] product indexes of the full ranking, best first; −1 fills a short slate.</summary>
    public required int[] Slates { get; init; }

    /// <summary>Means and catalogue figures under their names in JSON, in reporting order: <c>hr@10</c>, <c>ndcg@10</c>, <c>mrr</c>, <c>coverage@10</c>, …</summary>
    public required IReadOnlyList<NamedFigure> Figures { get; init; }

    /// <summary>How long a ranking takes; a measurement, so it differs from run to run.</summary>
    public required RankTimes RankMilliseconds { get; init; }

    /// <summary>Judged rows left out because the unit already had the product.</summary>
    public required int RepeatCount { get; init; }

    /// <summary>How many cases.</summary>
    public int Count => Units.Length;

    /// <summary>How many cases hold a tie of a judged product.</summary>
    public int TiedCount => IsTied.Count(tied => tied);

    /// <summary>A figure by name.</summary>
    /// <exception cref="ArgumentException">No such figure (names those there are).</exception>
    public double Figure(string metric) => Figures.FirstOrDefault(figure => figure.Metric == metric)?.Value
        ?? throw new ArgumentException($"No figure \"{metric}\" for model \"{Model}\"; there are: {string.Join(", ", Figures.Select(f => f.Metric))}.", nameof(metric));

    /// <summary>The kept slate of one case, without filling.</summary>
    public ReadOnlySpan<int> Slate(int index)
    {
        var slate = Slates.AsSpan(index * SlateLength, SlateLength);
        var end = slate.IndexOf(-1);
        return end < 0 ? slate : slate[..end];
    }

    /// <summary>
    /// The columns of a metric: its value is sum(numerator) / sum(denominator). Names: <c>hr@k</c>, <c>ndcg@k</c>, <c>recall@k</c>,
    /// <c>mrr</c> (a case each), <c>revenue@k</c>, <c>margin@k</c> (a judged purchase each).
    /// </summary>
    /// <returns>Null where the data cannot feed it (no prices, no margins).</returns>
    /// <exception cref="ArgumentException">No such metric, or a cut-off that was not judged.</exception>
    public RatioColumns? Columns(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (metric == "mrr") return new RatioColumns(ReciprocalRanks, Ones());
        var at = metric.IndexOf('@', StringComparison.Ordinal);
        if (at > 0 && int.TryParse(metric.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var k))
        {
            var cut = -1;
            for (var i = 0; i < Protocol.CutOffs.Count; i++)
                if (Protocol.CutOffs[i] == k) cut = i;
            if (cut < 0)
                throw new ArgumentException($"\"{metric}\": cut-off {k} was not judged; there are {string.Join(", ", Protocol.CutOffs)}.", nameof(metric));
            switch (metric[..at])
            {
                case "hr": return new RatioColumns(Hits[cut], Ones());
                case "ndcg": return new RatioColumns(Ndcgs[cut], Ones());
                case "recall": return new RatioColumns(Recalls[cut], Ones());
                case "revenue": return RevenuesCaptured.Length == 0 ? null : new RatioColumns(RevenuesCaptured[cut], PurchasesWithRevenue);
                case "margin": return MarginsCaptured.Length == 0 ? null : new RatioColumns(MarginsCaptured[cut], PurchasesWithMargin);
            }
        }

        throw new ArgumentException($"\"{metric}\" has no per-case columns; there are hr@k, ndcg@k, recall@k, mrr, revenue@k and margin@k.", nameof(metric));
    }

    private double[] Ones()
    {
        var ones = new double[Count];
        Array.Fill(ones, 1);
        return ones;
    }
}
