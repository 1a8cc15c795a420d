using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Reports;

public sealed class SnapshotReportTests
{
    [Fact]
    public void Paths_stand_in_the_order_of_their_decisions_also_where_control_is_0()
    {
        // "late" has the larger effect and the smaller p at the end, and is decided at the second look; control of "early" is 0.
        ExperimentSnapshot[] snapshots = [Look("late", 1, 2, 0.01), Look("late", 2, 2, 2), Look("early", 1, 0, 0.5), Look("early", 2, 0, 0.5)];
        var options = new EffectOptions();
        var series = SnapshotJudge.Judge(snapshots, options);
        Assert.Equal(["early", "late"], series.Select(entry => entry.Experiment));
        Assert.True(series[1].Last.AlwaysValid.PValue < series[0].Last.AlwaysValid.PValue);
        var paths = Assert.Single(SnapshotReport.Compose(series, options, ConfidenceSequence.DefaultTuning, "s").Sections.OfType<ChartsSection>());
        Assert.Equal("Difference at each look with the ends of the interval that holds over all looks, cut at three times the last difference, for the series decided first.", paths.Sentence);
        Assert.Equal(["early B, metric m", "late B, metric m"], paths.Charts.Select(chart => chart.Name));
        Assert.Equal([0.01, 2], paths.Charts[1].Series[0].Values.Select(value => Math.Round(value, 9)));
    }

    private static ExperimentSnapshot Look(string experiment, int time, double control, double difference) => new()
    {
        Experiment = experiment,
        Variant = "B",
        Metric = "m",
        Time = time,
        Control = new SnapshotArm(time * 1000, control, 1),
        Treatment = new SnapshotArm(time * 1000, control + difference, 1),
    };
}
