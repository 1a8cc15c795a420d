using CsCheck;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.Comparison;

/// <summary>Figures: computed apart in Python 3.11 from the definitions, every pair of rows compared (DeLong 1988, Obuchowski 1997).</summary>
public sealed class DeLongTests
{
    private static readonly double[] s_first = [.. Enumerable.Range(0, 60).Select(i => i * 37 % 101 / 101.0)];
    private static readonly double[] s_second = [.. Enumerable.Range(0, 60).Select(i => ((i * 53) + 11) % 97 / 10 / 10.0)];
    private static readonly bool[] s_labels = [.. Enumerable.Range(0, 60).Select(i => i * 29 % 7 < 3 || (s_first[i] > 0.6 && i % 3 > 0))];
    private static readonly int[] s_groups = [.. Enumerable.Range(0, 60).Select(i => i * i % 9)];

    [Fact]
    public void Aucs_their_errors_and_their_difference_are_met()
    {
        var (first, second) = (DeLong.Shares(s_first, s_labels), DeLong.Shares(s_second, s_labels));
        double[] difference = [.. second.Zip(first, (a, b) => a - b)];
        var auc = DeLong.Estimate(first, s_labels, [], 0.95);
        Truth.Near(0.7199074074074073, auc.Value, 1e-12, "first");
        Truth.Near(0.06720608553937572, auc.StandardError, 1e-12, "error of the first");
        Truth.Near(auc.Value + (1.959963984540054 * auc.StandardError), auc.High, 1e-12, "high");
        Truth.Near(0.07599403289670834, DeLong.Estimate(second, s_labels, [], 0.95).StandardError, 1e-12, "error of the second");
        var ahead = DeLong.Estimate(difference, s_labels, [], 0.95, -1);
        Truth.Near(-0.14525462962962954, ahead.Value, 1e-12, "difference");
        Truth.Near(0.08821404937825152, ahead.StandardError, 1e-12, "error of the difference");
        Truth.Near(0.09963708241003988, DeLong.PValue(ahead), 1e-12, "p");
    }

    [Fact]
    public void Rows_of_one_group_hang_together()
    {
        var (first, second) = (DeLong.Shares(s_first, s_labels), DeLong.Shares(s_second, s_labels));
        Truth.Near(0.11067348028805825, DeLong.Estimate(first, s_labels, s_groups, 0.95).StandardError, 1e-12, "first");
        Truth.Near(0.11435940944948321, DeLong.Estimate(second, s_labels, s_groups, 0.95).StandardError, 1e-12, "second");
        var ahead = DeLong.Estimate([.. second.Zip(first, (a, b) => a - b)], s_labels, s_groups, 0.95, -1);
        Truth.Near(0.07650150186966588, ahead.StandardError, 1e-12, "difference");
        Truth.Near(0.05760181981508283, DeLong.PValue(ahead), 1e-12, "p");
    }

    [Fact]
    public void Shares_average_to_the_AUC_over_either_class_and_rows_of_their_own_are_no_clusters() => Gen.Select(Gen.Int[0, 5], Gen.Bool).Array[6, 40].Where(rows => rows.Count(row => row.Item2) is var so && so >= 2 && so <= rows.Length - 2).Sample(rows =>
    {
        double[] scores = [.. rows.Select(row => (double)row.Item1)];
        bool[] labels = [.. rows.Select(row => row.Item2)];
        var shares = DeLong.Shares(scores, labels);
        var auc = BinaryMetrics.Auc(scores, labels);
        foreach (var side in (bool[])[true, false]) Truth.Near(auc, shares.Where((_, i) => labels[i] == side).Average(), 1e-12, "mean");
        var (alone, own) = (DeLong.Estimate(shares, labels, [], 0.9), DeLong.Estimate(shares, labels, [.. Enumerable.Range(0, labels.Length)], 0.9));
        Assert.Equal(alone, own);
        Assert.True(double.IsNaN(alone.Low) || (alone.Low >= 0 && alone.High <= 1));
    });

    [Fact]
    public void One_class_one_row_of_a_class_and_no_variance_have_no_interval()
    {
        Assert.True(double.IsNaN(DeLong.Estimate(DeLong.Shares([0.1, 0.2], [true, true]), [true, true], [], 0.95).Value));
        var single = DeLong.Estimate(DeLong.Shares([0.1, 0.2, 0.3], [false, true, false]), [false, true, false], [], 0.95);
        Assert.Equal((0.5, double.NaN), (single.Value, single.Low));
        var perfect = DeLong.Estimate(DeLong.Shares([0.1, 0.2, 0.3, 0.4], [false, false, true, true]), [false, false, true, true], [], 0.95);
        Assert.Equal((1, double.NaN, double.NaN), (perfect.Value, perfect.StandardError, DeLong.PValue(perfect)));
        Assert.StartsWith("1 shares for 2 labels; give one each.", Assert.Throws<ArgumentException>(() => DeLong.Estimate([0.5], [true, false], [], 0.95)).Message, StringComparison.Ordinal);
    }
}
