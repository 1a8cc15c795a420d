using Touchstone.Data.Metrics;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Experiments;

public sealed class SnapshotJudgeTests
{
    private const string Header = "experiment_id,variant_id,metric_id,time_since_start,count_c,count_t,mean_c,mean_t,variance_c,variance_t\n";

    [Fact]
    public void All_pairs_of_the_published_experiments_are_judged_with_their_paths()
    {
        var snapshots = SnapshotReader.Read(SharedData.Folder("data", "asos-experiments", "asos_digital_experiments_dataset.csv"), new SnapshotColumns());
        var options = new EffectOptions();
        var series = SnapshotJudge.Judge(snapshots, options);
        Assert.Equal((24153, 396, 99, 78), (snapshots.Count, series.Count, series.Select(entry => (entry.Experiment, entry.Variant)).Distinct().Count(), series.Select(entry => entry.Experiment).Distinct().Count()));
        Assert.All(series, entry => Assert.True(entry.Looks.Zip(entry.Looks.Skip(1)).All(pair => pair.First.Time < pair.Second.Time)));
        // What holds over all looks is wider at each, and says less often that there is an effect than peeking does.
        foreach (var entry in series)
        {
            var least = 1.0;
            foreach (var look in entry.Looks.Where(look => look.FixedHorizon.Status == EffectStatus.Ok))
            {
                Assert.True(look.AlwaysValid.Low < look.FixedHorizon.Low && look.AlwaysValid.High > look.FixedHorizon.High);
                // Its p is the least so far, so it is held against the least that peeking has seen.
                least = Math.Min(least, look.FixedHorizon.PValue);
                Assert.True(look.AlwaysValid.PValue >= least);
            }
        }

        Assert.True(series.Count(entry => double.IsFinite(entry.FirstTimeDecided)) < series.Count(entry => entry.WouldPeekingDecide));
        Assert.All(series.Where(entry => double.IsFinite(entry.FirstTimeDecided)), entry => Assert.True(entry.WouldPeekingDecide));
        var document = SnapshotReport.Compose(series, options, ConfidenceSequence.DefaultTuning, "asos");
        Assert.Contains("99 pairs", PlainTextRenderer.Render(document), StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_without_a_variance_has_a_status_and_the_last_with_one_counts()
    {
        using var files = new Touchstone.Tests.Data.ScratchFiles();
        File.WriteAllText(files["s.csv"], Header + "e,1,m,2,200,200,1,1.5,1,1\ne,1,m,1,100,100,1,1.4,1,1\ne,1,m,3,300,300,1,1.5,1,\n");
        var entry = Assert.Single(SnapshotJudge.Judge(SnapshotReader.Read(files["s.csv"], new SnapshotColumns()), new EffectOptions()));
        Assert.Equal(["ok", "ok", "no_variance"], entry.Looks.Select(look => look.FixedHorizon.StatusName));
        Assert.Equal(2, entry.Last.Time);
        Assert.Equal(0.5, entry.Lift.Value);
    }

    [Theory]
    [InlineData("e,1,m,1,1.5,100,1,1,1,1\n", "s.csv has in row 1 (counted from 1 after the header) count_c = 1.5; expected a whole number from 0.")]
    [InlineData("e,1,m,1,100,100,,1,1,1\n", "s.csv has in row 1 (counted from 1 after the header) no finite number in column \"mean_c\"; write it, or leave the row out.")]
    [InlineData("e,1,m,1,100,100,1,1,-1,1\n", "s.csv has in row 1 (counted from 1 after the header) variance_c = -1; expected a finite number from 0, or nothing.")]
    [InlineData("e,,m,1,100,100,1,1,1,1\n", "s.csv has in row 1 (counted from 1 after the header) no variant; write one.")]
    public void A_snapshot_at_fault_is_named_by_row(string row, string message)
    {
        using var files = new Touchstone.Tests.Data.ScratchFiles();
        File.WriteAllText(files["s.csv"], Header + row);
        Assert.Equal(message, Assert.Throws<SourceException>(() => SnapshotReader.Read(files["s.csv"], new SnapshotColumns())).Message);
    }

    [Fact]
    public void An_effect_that_fades_is_told_from_running_totals()
    {
        // 1,000 units an arm a look; the effect is 1 in the first half, 0 in the second.
        ExperimentSnapshot Look(int look)
        {
            var n = 1000L * look;
            var mean = look <= 5 ? 1.0 : 5.0 / look;
            // Within variance 4; what the two halves differ by adds to the whole.
            var between = look <= 5 ? 0 : ((5 * (1 - mean) * (1 - mean)) + ((look - 5) * mean * mean)) / look;
            return new ExperimentSnapshot { Experiment = "e", Variant = "1", Metric = "m", Time = look, Control = new SnapshotArm(n, 0, 4), Treatment = new SnapshotArm(n, mean, 4 + between) };
        }

        var check = NoveltyCheck.OfCumulative([.. Enumerable.Range(1, 10).Select(Look)], new EffectOptions());
        Assert.NotNull(check);
        Assert.Equal((1.0, 0.0), (check.Early.Value, Math.Round(check.Late.Value, 9)));
        Assert.True(check.Change.PValue < 1e-10);
        Assert.Equal(Math.Sqrt(2 * 4.0 / 5000), check.Late.StandardError, 1e-4);
    }
}
