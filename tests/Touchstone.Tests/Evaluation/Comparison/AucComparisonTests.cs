using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.Comparison;

public sealed class AucComparisonTests
{
    [Fact]
    public void Auc_is_the_share_of_pairs_won_ties_one_half() => Gen.Select(Gen.Int[0, 5], Gen.Bool).Array[2, 40].Sample(rows =>
    {
        float[] scores = [.. rows.Select(row => (float)row.Item1)];
        bool[] labels = [.. rows.Select(row => row.Item2)];
        var (won, count) = (0.0, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
            {
                if (!labels[i] || labels[j]) continue;
                won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                count++;
            }
        }

        var auc = BinaryMetrics.Auc(scores, labels);
        if (count == 0) Assert.True(double.IsNaN(auc));
        else Assert.Equal(won / count, auc, 1e-12);
    });

    [Fact]
    public void The_same_scores_differ_by_nothing_and_threads_do_not_change_the_bits()
    {
        var random = new Seed(4).NewRandom();
        var labels = new bool[400];
        var (good, units) = (new float[400], new int[400]);
        for (var i = 0; i < labels.Length; i++)
        {
            (labels[i], units[i]) = (i % 2 == 0, i / 2);
            good[i] = (float)random.NextNormal() + (labels[i] ? 1 : 0);
        }

        var one = AucComparison.Compare([("a", good), ("b", good)], labels, units, 200, new BootstrapOptions { Replicates = 200, Threads = 1 }, TestContext.Current.CancellationToken);
        var two = AucComparison.Compare([("a", good), ("b", good)], labels, units, 200, new BootstrapOptions { Replicates = 200, Threads = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(one, two);
        Assert.Equal((0, 0, 0), (one[1].FirstAhead?.Value, one[1].FirstAhead?.Low, one[1].FirstAhead?.High));
        Assert.InRange(one[0].Auc.Value, one[0].Auc.Low, one[0].Auc.High);
        Assert.InRange(one[0].Auc.Value, 0.7, 0.82);
    }

    [Fact]
    public void Precision_and_recall_count_at_the_threshold_and_NaN_scores_are_refused()
    {
        Assert.Equal(0.5, BinaryMetrics.Precision([0.9f, 0.5f, 0.4f, 0.1f], [true, false, true, false]));
        Assert.Equal(0.5, BinaryMetrics.Recall([0.9f, 0.5f, 0.4f, 0.1f], [true, false, true, false]));
        Assert.True(double.IsNaN(BinaryMetrics.Precision([0.1f], [true])));
        Assert.StartsWith("scores[1] is NaN", Assert.Throws<ArgumentException>(() => BinaryMetrics.Auc([1, float.NaN], [true, false])).Message, StringComparison.Ordinal);
    }
}
