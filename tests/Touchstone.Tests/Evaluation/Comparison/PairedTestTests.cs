using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.Comparison;

public sealed class PairedTestTests
{
    // Student's sleep data (1908) and Darwin's plants in Fisher's Design of Experiments (1935), with the published answers.
    private static readonly double[] s_sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, .8, 4.6, 1.4];
    private static readonly double[] s_plants = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void The_paired_t_meets_students_own_data()
    {
        var (difference, t, p) = PairedTest.Student(s_sleep, 0.95);
        Assert.Equal(1.58, difference.Value, 1e-12);
        Assert.Equal(4.062128, t, 1e-6);
        Assert.Equal(0.002832890, p, 1e-8);
        Assert.Equal(0.7001142, difference.Low, 1e-6);
        Assert.Equal(2.4598858, difference.High, 1e-6);
    }

    [Fact]
    public void The_randomisation_test_meets_fishers_count_of_Darwins_plants()
    {
        Assert.Equal((1726 / 32768.0, true), PairedTest.Randomisation(s_plants, 32768, new Seed(1), 2, TestContext.Current.CancellationToken));
        Assert.Equal((2 / 512.0, true), PairedTest.Randomisation(s_sleep, 1000, new Seed(1), 2, TestContext.Current.CancellationToken));
        var (drawn, isExact) = PairedTest.Randomisation(s_plants, 20_000, new Seed(1), 2, TestContext.Current.CancellationToken);
        Assert.False(isExact);
        Assert.InRange(drawn, 0.047, 0.059);
        Assert.Equal(drawn, PairedTest.Randomisation(s_plants, 20_000, new Seed(1), 1, TestContext.Current.CancellationToken).P);
    }

    [Fact]
    public void Without_variance_or_units_there_is_no_p()
    {
        foreach (var differences in (double[][])[[], [1], [0, 0, 0], [0.1, 0.1, 0.1]])
            Assert.True(double.IsNaN(PairedTest.Student(differences, 0.95).P), string.Join(' ', differences));
        Assert.True(double.IsNaN(PairedTest.BootstrapP(0.1, 0, [0], [0], 3)));
    }

    [Fact]
    public void Corrections_meet_worked_examples_and_stay_in_order()
    {
        double[] p = [.01, .04, double.NaN, .03, .005];
        Assert.Equal([.03, .06, double.NaN, .06, .02], MultipleTesting.Adjusted(p, PValueCorrection.Holm), (left, right) => left.Equals(right) || Math.Abs(left - right) < 1e-15);
        Assert.Equal([.02, .04, double.NaN, .04, .02], MultipleTesting.Adjusted(p, PValueCorrection.BenjaminiHochberg), (left, right) => left.Equals(right) || Math.Abs(left - right) < 1e-15);
        Assert.StartsWith("p[1] = 1.5; expected [0, 1]", Assert.Throws<ArgumentException>(() => MultipleTesting.Adjusted([0, 1.5], PValueCorrection.Holm)).Message, StringComparison.Ordinal);
        Gen.Double[0, 1].Array[1, 20].Sample(values =>
        {
            var (holm, bh) = (MultipleTesting.Adjusted(values, PValueCorrection.Holm), MultipleTesting.Adjusted(values, PValueCorrection.BenjaminiHochberg));
            for (var i = 0; i < values.Length; i++)
            {
                Assert.InRange(bh[i], values[i] * (1 - 1e-12), 1);
                Assert.InRange(holm[i], bh[i] * (1 - 1e-12), 1);
            }
        });
    }

    [Fact]
    public void Runs_are_compared_with_the_first_and_equal_ones_have_a_status_in_place_of_a_p()
    {
        var random = new Seed(3).NewRandom();
        var (judgments, first, better) = (new QueryDocumentsBuilder<int>(), new QueryDocumentsBuilder<double>(), new QueryDocumentsBuilder<double>());
        for (var q = 0; q < 60; q++)
        {
            for (var d = 0; d < 20; d++)
            {
                var grade = random.NextInt(3);
                judgments.Add($"q{q}", $"d{d}", grade);
                first.Add($"q{q}", $"d{d}", random.NextDouble());
                better.Add($"q{q}", $"d{d}", (grade * 0.3) + random.NextDouble());
            }
        }

        var rows = first.Build();
        var judged = RunJudge.Judge(judgments.Build(), [new("first", rows), new("better", better.Build()), new("same", rows)], RankingMetricNames.Parse("ndcg@10,map,num_rel,unjudged@5", 2), new RunJudgeOptions(), TestContext.Current.CancellationToken);
        IReadOnlyList<RunDifference> Compare(int threads) => RunComparison.Compare(judged, new RunComparisonOptions { Bootstrap = new BootstrapOptions { Replicates = 500, Threads = threads } }, TestContext.Current.CancellationToken);
        var differences = Compare(2);

        Assert.Equal(Compare(1), differences);
        Assert.Equal(["ndcg@10 better", "ndcg@10 same", "map better", "map same"], differences.Select(one => $"{one.Metric} {one.Run}"));
        var (ndcg, same) = (differences[0], differences[1]);
        Assert.Equal(judged[1].Means(0).OverJudged - judged[0].Means(0).OverJudged, ndcg.Difference.Value, 1e-12);
        Assert.InRange(ndcg.Difference.Value, ndcg.Bootstrap.Low, ndcg.Bootstrap.High);
        Assert.InRange(ndcg.Bootstrap.Low / ndcg.Difference.Low, 0.8, 1.2);
        Assert.True(ndcg.Student.Raw < 0.001 && ndcg.Randomisation.Raw < 0.001 && ndcg.BootstrapTest.Raw < 0.01);
        // One of the two cannot be tested: the other's family has one test.
        Assert.Equal(ndcg.Student.Raw, ndcg.Student.Adjusted);
        Assert.Equal("no query differs", same.Status);
        Assert.True(double.IsNaN(same.Student.Raw) && double.IsNaN(same.Randomisation.Adjusted) && double.IsNaN(same.Bootstrap.Low) && double.IsNaN(same.Difference.Low));
    }

    [Fact]
    public void Under_no_difference_the_tests_alarm_as_often_as_they_say()
    {
        var alarms = new int[3];
        for (var repeat = 0; repeat < 400; repeat++)
        {
            var random = new Seed(11).For("null", repeat).NewRandom();
            double[] differences = [.. Enumerable.Range(0, 40).Select(_ => random.NextNormal())];
            var (difference, _, p) = PairedTest.Student(differences, 0.95);
            var options = new BootstrapOptions { Replicates = 199, Seed = new Seed(5).For("replicates", repeat), Threads = 1 };
            double[] centred = [.. differences.Select(value => value - difference.Value)];
            var sums = PairedBootstrap.Resample([centred, [.. centred.Select(value => value * value)]], options, TestContext.Current.CancellationToken);
            if (p <= 0.05) alarms[0]++;
            if (PairedTest.Randomisation(differences, 199, options.Seed, 1, TestContext.Current.CancellationToken).P <= 0.05) alarms[1]++;
            if (PairedTest.BootstrapP(difference.Value, difference.StandardError, sums.Replicates[0], sums.Replicates[1], 40) <= 0.05) alarms[2]++;
        }

        // 20 are expected; four standard errors are 17.
        Assert.All(alarms, count => Assert.InRange(count, 3, 37));
    }
}
