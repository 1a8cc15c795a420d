using System.Globalization;
using Touchstone.Data.Metrics;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Data.Metrics;

/// <summary>
/// What every engine must make alike of one definition and the same rows: a few hundred units whose ids and kinds hold quotes, backslashes and
/// both Unicode forms, values of 1e9 and cents, empty cells, and columns named as the compiled SQL names its own.
/// </summary>
internal static class SpecAgreement
{
    private const int Units = 300;
    private const string Odd = "it's \\ odd";
    private static readonly DateTime Start = new(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    public const string Yaml = """
        experiment: agreement
        control: A
        start: 2026-10-02
        recorded_until: 2026-10-31
        exposures: {source: exposures, unit: unit, variant: variant, time: ts, segment: segment, where: {surface: [home, mail]}}
        covariates:
          - {name: before, source: events, where: {kind: buy}, value: value, days_before: 10}
        metrics:
          - {name: bought, kind: proportion, source: events, where: {kind: [buy, "it's \\ odd"], value: {at_least: 1000000100}}, window_days: 7}
          - {name: spend, kind: mean, source: events, where: {kind: buy}, value: value, window_days: 7, cap: 0.95, cap_ignores_zeros: true}
          - {name: cheap, kind: mean, source: events, where: {value: {below: 1000000500}}, value: value, delay_days: 1}
          - {name: order, kind: ratio, source: events, where: {kind: buy}, value: value, window_days: 9, denominator: {where: {kind: buy}}}
          - {name: seconds, kind: quantile, source: events, where: {kind: view}, value: value, probability: 0.9, window_days: 12}
          - {name: back, kind: retention, source: events, from_day: 3, to_day: 10}
          - {name: way, kind: funnel, source: events, window_days: 14, steps: [{name: view, where: {kind: view}}, {name: buy, where: {kind: buy}}]}
        """;

    /// <summary>The same, from a trigger on, without partial windows.</summary>
    public const string TriggeredYaml = Yaml + "\npartial_windows: leave_out\ntrigger: {source: events, where: {kind: view}}\n";

    /// <summary>Cells of <c>unit, variant, segment, surface, ts</c>; empty where there is none.</summary>
    public static IEnumerable<string[]> Exposures { get; } =
        [.. Enumerable.Range(0, 900).Select(i => (string[])[i % 89 == 0 ? "" : Unit(i, Units), Arm(i), ((string[])["x", "y", "", "z"])[Draw(i, 0) % Units % 4], i % 5 == 0 ? "page" : i % 2 == 0 ? "home" : "mail", Time(i, 1, 20)])];

    /// <summary>Cells of <c>unit, kind, value, ts</c>; empty where there is none.</summary>
    public static IEnumerable<string[]> Events { get; } =
        [.. Enumerable.Range(0, 6000).Select(i => (string[])[Unit(i + 5000, Units + 20), ((string[])["view", "buy", Odd, ""])[Draw(i, 3) % 4], i % 41 == 0 ? "" : (1_000_000_000 + (Draw(i, 4) % 100_000 / 100m)).ToString(CultureInfo.InvariantCulture), Time(i, 5, 30)])];

    /// <summary>What DuckDB makes of files with these rows.</summary>
    public static ExperimentMoments OfFiles(string yaml)
    {
        using var files = new ScratchFiles();
        File.WriteAllText(files["exposures.csv"], Csv("unit,variant,segment,surface,ts", Exposures));
        File.WriteAllText(files["events.csv"], Csv("unit,kind,value,ts", Events));
        yaml = yaml.Replace("source: exposures", "source: exposures.csv", StringComparison.Ordinal).Replace("source: events", "source: events.csv", StringComparison.Ordinal);
        return SpecReader.FromFiles(ExperimentSpecYaml.Read(yaml, "experiment.yaml"), files.Folder, QuantileStatistic.Bracket);
    }

    /// <summary>Rows as CSV; no cell needs quoting.</summary>
    public static string Csv(string header, IEnumerable<string[]> rows) => header + "\n" + string.Concat(rows.Select(row => string.Join(',', row) + "\n"));

    /// <summary>Counts equal, figures to 1e-9 of their size.</summary>
    public static void Equal(ExperimentMoments expected, ExperimentMoments actual)
    {
        Assert.Equal(expected.Segments.Select(Key), actual.Segments.Select(Key));
        foreach (var (a, b) in expected.Segments.Zip(actual.Segments, (left, right) => (left.Moments, right.Moments)))
        {
            Assert.Equal(a.Columns, b.Columns);
            for (var i = 0; i < a.Columns.Count; i++)
            {
                Close(a.Means[i], b.Means[i], Math.Abs(a.Means[i]));
                Close(a.Minima[i], b.Minima[i], Math.Abs(a.Minima[i]));
                Close(a.Maxima[i], b.Maxima[i], Math.Abs(a.Maxima[i]));
                for (var j = 0; j < a.Columns.Count; j++) Close(a.Products[i][j], b.Products[i][j], Math.Sqrt(a.Products[i][i] * a.Products[j][j]));
            }
        }

        Assert.Equal(expected.Quantiles.Select(entry => (entry.Key, entry.Value.Count)), actual.Quantiles.Select(entry => (entry.Key, entry.Value.Count)));
        foreach (var (a, b) in expected.Quantiles.Values.SelectMany(each => each).Zip(actual.Quantiles.Values.SelectMany(each => each)))
        {
            Close(a.ClusterFactor, b.ClusterFactor, a.ClusterFactor);
            Assert.Equal(a with { ClusterFactor = 0 }, b with { ClusterFactor = 0 });
        }

        Assert.Equal(expected.Caps.Select(cap => (cap.Key, cap.Value.CappedUnits)), actual.Caps.Select(cap => (cap.Key, cap.Value.CappedUnits)));
        foreach (var (a, b) in expected.Caps.Values.Zip(actual.Caps.Values)) Close(a.Value, b.Value, a.Value);
        // A text can lack its offset, a column of times cannot.
        Assert.Equal(
            expected.Hygiene.Where(count => !count.Name.StartsWith("times_without_offset", StringComparison.Ordinal)).Select(count => (count.Name.Replace(".csv", "", StringComparison.Ordinal), count.Count)),
            actual.Hygiene.Select(count => (count.Name, count.Count)));
    }

    private static (string Segment, string Variant, long Count) Key(SegmentMoments entry) => (entry.Segment, entry.Moments.Variant, entry.Moments.Count);

    private static void Close(double expected, double actual, double scale)
    {
        if (!double.IsNaN(expected) || !double.IsNaN(actual)) Assert.InRange(actual - expected, -1e-9 * scale, 1e-9 * scale);
    }

    private static string Unit(int row, int count) => (Draw(row, 0) % count) switch
    {
        7 => "o'brien\\x",
        8 => "\u00e9",
        9 => "e\u0301",
        var number => $"u{number}",
    };

    private static string Arm(int row) => ((string[])["A", "B", "C\\n'"])[((Draw(row, 0) % Units) + (row % 97 == 0 ? 1 : 0)) % 3];

    private static string Time(int row, int stream, int days) => Start.AddSeconds(Draw(row, stream) % (days * 86_400)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A hash of row and stream (murmur's finaliser), 31 bits.
    private static int Draw(int row, int stream)
    {
        var hash = (uint)(row * 31) + (uint)(stream * 7919);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return (int)((hash ^ (hash >> 16)) & int.MaxValue);
    }
}
