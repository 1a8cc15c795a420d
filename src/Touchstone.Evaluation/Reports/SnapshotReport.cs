using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>Composes the report of running experiments from their snapshots.</summary>
public static class SnapshotReport
{
    private const int PathsDrawn = 12;

    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="series">The series judged.</param>
    /// <param name="options">Alpha.</param>
    /// <param name="tuning">n* of the confidence sequences.</param>
    /// <param name="source">Name of the file.</param>
    public static ReportDocument Compose(IReadOnlyList<SnapshotSeries> series, EffectOptions options, double tuning, string source)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        return new ReportDocument
        {
            Title = $"Running experiments {source}",
            Facts =
            [
                $"{FigureText.Count(series.Select(entry => entry.Experiment).Distinct(StringComparer.Ordinal).Count())} experiments",
                $"{FigureText.Count(series.Select(entry => (entry.Experiment, entry.Variant)).Distinct().Count())} pairs",
                $"{FigureText.Count(series.Count)} series", $"{FigureText.Count(series.Sum(entry => entry.Looks.Count))} looks",
            ],
            Sections =
            [
                Summary(series, options),
                .. Paths(series) is { Charts.Count: > 0 } paths ? (ReportSection[])[paths] : [],
                All(series),
            ],
            Finding = $"Held at every look: an effect in {FigureText.Count(series.Count(entry => double.IsFinite(entry.FirstTimeDecided)))} of {FigureText.Count(series.Count)} series.",
            FiguresJson = Json(series, options, tuning, source),
        };
    }

    private static TableSection Summary(IReadOnlyList<SnapshotSeries> series, EffectOptions options) => new()
    {
        Heading = "By metric",
        Sentence = $"What one look at the end says, what survives correction, what holds over all looks, and what peeking at {FigureText.Percent(options.Alpha, decimals: 0)} would have called an effect.",
        Caption = "Series by metric",
        Columns = [new("metric"), new("series", true), new("without error", true), new("p < α at the end", true), new("after BH", true), new("after Holm", true), new("at every look", true), new("peeking", true), new("effect changes (p < .01)", true), new("split broken", true)],
        Rows = [.. series.GroupBy(entry => entry.Metric, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new ReportRow(
        [
            new TextCell(group.Key), Count(group.Count()),
            Count(group.Count(entry => entry.Last.FixedHorizon.Status != EffectStatus.Ok)),
            Count(group.Count(entry => entry.Last.FixedHorizon.PValue < options.Alpha)),
            Count(group.Count(entry => entry.BenjaminiHochbergP < options.Alpha)),
            Count(group.Count(entry => entry.HolmP < options.Alpha)),
            Count(group.Count(entry => double.IsFinite(entry.FirstTimeDecided))),
            Count(group.Count(entry => entry.WouldPeekingDecide)),
            Count(group.Count(entry => entry.Novelty?.Change.PValue < 0.01)),
            Count(group.Count(entry => entry.SampleRatioP < SampleRatioTest.AlarmBelow)),
        ]))],
        Note = "BH and Holm over the series of one metric. \"Split broken\" takes equal weights as planned; where an experiment planned others it says nothing.",
    };

    private static TableSection All(IReadOnlyList<SnapshotSeries> series) => new()
    {
        Heading = "Every series",
        Caption = "The last look that has an error, by series",
        Columns = [new("experiment"), new("variant"), new("metric"), new("looks", true), new("units", true), new("control", true), new("difference", true), new("lift", true), new("p", true), new("p at every look", true), new("decided at", true)],
        Rows = [.. series.Select(entry => new ReportRow(
        [
            new TextCell(entry.Experiment), new TextCell(entry.Variant), new TextCell(entry.Metric), Count(entry.Looks.Count), new TextCell(FigureText.Count(entry.Last.Units)),
            new TextCell(FigureText.Significant(entry.Control.Mean)), new TextCell(ExperimentText.Difference(entry.Last.FixedHorizon)), new TextCell(ExperimentText.Lift(entry.Lift)),
            new TextCell(FigureText.PValue(entry.Last.FixedHorizon.PValue)), new TextCell(FigureText.PValue(entry.Last.AlwaysValid.PValue)),
            new TextCell(double.IsFinite(entry.FirstTimeDecided) ? FigureText.Number(entry.FirstTimeDecided, 1) : "open"),
        ]))],
    };

    /// <summary>Paths of the series decided first.</summary>
    private static ChartsSection Paths(IReadOnlyList<SnapshotSeries> series) => new()
    {
        Heading = "Paths over time",
        Sentence = "Difference at each look with the ends of the interval that holds over all looks, cut at three times the last difference, for the series decided first.",
        Charts = [.. series.Where(entry => double.IsFinite(entry.FirstTimeDecided)).OrderBy(entry => entry.FirstTimeDecided).ThenBy(entry => entry.Experiment, StringComparer.Ordinal).ThenBy(entry => entry.Variant, StringComparer.Ordinal).ThenBy(entry => entry.Metric, StringComparer.Ordinal).Take(PathsDrawn).Select(Path)],
    };

    private static ReportChart Path(SnapshotSeries entry)
    {
        var looks = entry.Looks.Where(look => look.AlwaysValid.Status == EffectStatus.Ok).ToList();
        // The first intervals are so wide that nothing else would be seen beside them.
        var cap = 3 * Math.Abs(entry.Last.FixedHorizon.Value);
        double[] Line(Func<Effect, double> value) => [.. looks.Select(look => Math.Clamp(value(look.AlwaysValid), -cap, cap))];
        return new ReportChart(
            $"{entry.Experiment} {entry.Variant}, metric {entry.Metric}",
            [.. looks.Select((look, i) => i == 0 || i == looks.Count - 1 ? FigureText.Number(look.Time, 1) : "")],
            [
                new ReportSeries("difference", Line(effect => effect.Value), SeriesWeight.Challenger),
                new ReportSeries("lower end", Line(effect => effect.Low), SeriesWeight.Champion),
                new ReportSeries("upper end", Line(effect => effect.High), SeriesWeight.Champion),
            ]);
    }

    private static TextCell Count(int count) => new(FigureText.Count(count));

    private static string Json(IReadOnlyList<SnapshotSeries> series, EffectOptions options, double tuning, string source) => FiguresJson.Text(json =>
    {
        json.WriteString("format", "touchstone.experiment-snapshots/1");
        json.WriteString("source", source);
        json.WriteNumber("alpha", options.Alpha);
        json.WriteNumber("tuning", tuning);
        json.WriteStartArray("series");
        foreach (var entry in series)
        {
            json.WriteStartObject();
            json.WriteString("experiment", entry.Experiment);
            json.WriteString("variant", entry.Variant);
            json.WriteString("metric", entry.Metric);
            ExperimentJson.Arm(json, "control", entry.Control);
            ExperimentJson.Arm(json, "treatment", entry.Treatment);
            ExperimentJson.Effect(json, "difference", entry.Last.FixedHorizon);
            ExperimentJson.Effect(json, "lift", entry.Lift);
            ExperimentJson.Effect(json, "every_look_difference", entry.Last.AlwaysValid);
            FiguresJson.Number(json, "p_holm", entry.HolmP);
            FiguresJson.Number(json, "p_bh", entry.BenjaminiHochbergP);
            FiguresJson.Number(json, "first_time_decided", entry.FirstTimeDecided);
            json.WriteBoolean("would_peeking_decide", entry.WouldPeekingDecide);
            ExperimentJson.Effect(json, "late_minus_early", entry.Novelty?.Change);
            FiguresJson.Number(json, "sample_ratio_p", entry.SampleRatioP);
            json.WriteStartArray("looks");
            foreach (var look in entry.Looks)
            {
                json.WriteStartObject();
                json.WriteNumber("time", look.Time);
                json.WriteNumber("units", look.Units);
                json.WriteString("status", look.AlwaysValid.StatusName);
                FiguresJson.Number(json, "value", look.FixedHorizon.Value);
                FiguresJson.Number(json, "standard_error", look.FixedHorizon.StandardError);
                FiguresJson.Number(json, "low", look.AlwaysValid.Low);
                FiguresJson.Number(json, "high", look.AlwaysValid.High);
                FiguresJson.Number(json, "p", look.FixedHorizon.PValue);
                FiguresJson.Number(json, "p_every_look", look.AlwaysValid.PValue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
