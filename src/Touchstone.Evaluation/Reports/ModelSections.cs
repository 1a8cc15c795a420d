using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Evaluation.Reports;

/// <summary>The models beside each other.</summary>
internal static class ModelSections
{
    internal static TableSection Table(RunEvidence evidence)
    {
        var result = evidence.Models[0].Result;
        var k = DecidingCutOff(evidence);
        var hasMargin = evidence.Models.Any(model => model.AgainstChampion?.Find(Name("margin", k)) is not null);
        var metric = hasMargin ? Name("margin", k) : Name("ndcg", k);
        var ordered = Ordered(evidence, metric);
        var (low, high) = Scale(ordered, metric);
        var challenger = evidence.Verdict?.Verdict.Challenger;
        List<ReportColumn> columns = [new("model"), new(MetricName(metric) + ", against the champion"), new($"NDCG@{k}", true), new($"HR@{k}", true), new("MRR", true), new($"shown@{k}", true), new("trained in", true), new("memory", true), new("ranks in", true)];
        List<ReportRow> rows = [];
        foreach (var model in ordered)
        {
            var figures = model.Result;
            rows.Add(new ReportRow(
            [
                new TextCell(figures.Model, figures.Model == evidence.Champion ? "champion" : figures.Model == challenger ? "challenger" : null),
                Interval(model, metric, low, high),
                Figure(figures.Figure(Name("ndcg", k))),
                Figure(figures.Figure(Name("hr", k))),
                Figure(figures.Figure("mrr")),
                new TextCell(FigureText.Percent(figures.Figure(Name("coverage", k)))),
                new TextCell(FigureText.Duration(model.TrainSeconds * 1000)),
                new TextCell(FigureText.Memory(model.PeakMemoryMiB)),
                new TextCell(FigureText.Duration(figures.RankMilliseconds.Mean)),
            ],
            figures.Model == challenger));
        }

        return new TableSection
        {
            Heading = "Models, judged on the same shoppers",
            Sentence = $"{Capital(result.Protocol.Split)}, {(result.Protocol.SampledNegatives == 0 ? "all products ranked" : result.Protocol.Candidates)}, history {result.Protocol.History}, ties by {result.Protocol.Ties}; {FigureText.Count(result.Count)} cases; intervals by paired bootstrap.",
            Caption = "Models with their figures, best first",
            Columns = columns,
            Rows = rows,
        };
    }

    internal static ChartsSection Charts(RunEvidence evidence)
    {
        var cutOffs = evidence.Models[0].Result.Protocol.CutOffs;
        var challenger = evidence.Verdict?.Verdict.Challenger;
        ReportChart Chart(string metric, string name) => new(
            name,
            [.. cutOffs.Select(k => string.Create(CultureInfo.InvariantCulture, $"@{k}"))],
            [.. evidence.Models.Select(model => new ReportSeries(
                model.Result.Model,
                [.. cutOffs.Select(k => model.Result.Figure(Name(metric, k)))],
                model.Result.Model == challenger ? SeriesWeight.Challenger : model.Result.Model == evidence.Champion ? SeriesWeight.Champion : SeriesWeight.Other))]);
        return new ChartsSection
        {
            Heading = "By cut-off",
            Charts = [Chart("ndcg", "NDCG: found, and how high"), Chart("hr", "HR: found at all"), Chart("coverage", "Share of the catalogue shown")],
        };
    }

    internal static string MetricName(string metric)
    {
        var at = metric.IndexOf('@', StringComparison.Ordinal);
        return metric[..at] switch
        {
            "margin" => "margin captured at " + metric[(at + 1)..],
            "revenue" => "revenue captured at " + metric[(at + 1)..],
            var name => name.ToUpperInvariant() + metric[at..],
        };
    }

    internal static string Range(Estimate share) => double.IsFinite(share.Low) && double.IsFinite(share.High)
        ? $"{FigureText.Percent(share.Low, true).Replace(" %", "", StringComparison.Ordinal)} to {FigureText.Percent(share.High, true)}"
        : "interval not defined";

    private static List<ReportedModel> Ordered(RunEvidence evidence, string metric) =>
        [.. evidence.Models.OrderByDescending(model => model.Result.Figure(metric)).ThenBy(model => model.Result.Model, StringComparer.Ordinal)];

    private static ReportCell Interval(ReportedModel model, string metric, double low, double high)
    {
        if (model.AgainstChampion?.Find(metric) is not { } compared) return new TextCell(model.AgainstChampion is null ? "compared with this" : FigureText.Undefined);
        if (compared.RelativeDifference is not { } share || !double.IsFinite(share.Value)) return new TextCell("the champion captures nothing to compare with");
        if (!double.IsFinite(share.Low) || !double.IsFinite(share.High)) return new TextCell($"{FigureText.Percent(share.Value, true)}, interval not defined: the champion may capture nothing");
        return new IntervalCell($"{FigureText.Percent(share.Value, true)}, {FigureText.Percent(share.Level, decimals: 0)} interval {Range(share)}", share.Value, share.Low, share.High, low, high);
    }

    private static (double Low, double High) Scale(List<ReportedModel> models, string metric)
    {
        var shares = models.Select(model => model.AgainstChampion?.Find(metric)?.RelativeDifference).OfType<Estimate>().Where(share => double.IsFinite(share.Low) && double.IsFinite(share.High)).ToList();
        var (low, high) = (Math.Min(0, shares.Select(share => share.Low).DefaultIfEmpty(0).Min()), Math.Max(0, shares.Select(share => share.High).DefaultIfEmpty(0).Max()));
        var room = Math.Max(high - low, 0.01) * 0.04;
        return (low - room, high + room);
    }

    private static int DecidingCutOff(RunEvidence evidence)
    {
        var cutOffs = evidence.Models[0].Result.Protocol.CutOffs;
        if (evidence.Verdict is { Verdict.DecidingMetric: var metric })
            return int.Parse(metric.AsSpan(metric.IndexOf('@', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        return cutOffs.Contains(10) ? 10 : cutOffs[^1];
    }

    private static TextCell Figure(double value) => new(FigureText.Metric(value), Full: value.ToString("R", CultureInfo.InvariantCulture));

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Name(string metric, int k) => string.Create(CultureInfo.InvariantCulture, $"{metric}@{k}");
}
