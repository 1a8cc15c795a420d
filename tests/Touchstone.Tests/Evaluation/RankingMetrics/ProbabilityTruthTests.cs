using CsCheck;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class ProbabilityTruthTests
{
    [Fact]
    public void Auc_log_loss_and_grouped_auc_meet_the_known_answers()
    {
        var count = 0;
        foreach (var known in Truth.Cases("metrics", "auc_gauc_logloss.json"))
        {
            var (id, input, expected) = (known.GetProperty("id").GetString() ?? "", known.GetProperty("input"), known.GetProperty("expected"));
            void Check(string name, double actual)
            {
                var value = Truth.Number(expected.GetProperty(name));
                if (double.IsNaN(value)) Assert.True(double.IsNaN(actual), $"{id} {name}: expected NaN, got {actual:R}");
                else Truth.Near(value, actual, known.GetProperty("tol").GetDouble(), $"{id} {name}");
                count++;
            }

            if (input.TryGetProperty("rows", out var rows))
            {
                string[] users = [.. rows.EnumerateArray().Select(row => row[0].GetString() ?? "")];
                string[] names = [.. users.Distinct()];
                bool[] labels = [.. rows.EnumerateArray().Select(row => row[1].GetInt32() == 1)];
                double[] scores = [.. rows.EnumerateArray().Select(row => row[2].GetDouble())];
                GroupedAuc Of(GroupWeight weight) => GroupedAuc.Of(scores, labels, [.. users.Select(user => Array.IndexOf(names, user))], names.Length, weight);
                Check("impressions", Of(GroupWeight.Impressions).Value);
                Check("clicks", Of(GroupWeight.Clicks).Value);
                Check("uniform", Of(GroupWeight.Uniform).Value);
                foreach (var user in expected.GetProperty("per_user").EnumerateObject())
                    Truth.Near(user.Value.GetDouble(), Of(GroupWeight.Uniform).UnitAucs[Array.IndexOf(names, user.Name)], 1e-9, $"{id} {user.Name}");
                Assert.Equal(expected.GetProperty("skipped_users").EnumerateArray().Select(user => user.GetString()), names.Where((_, i) => double.IsNaN(Of(GroupWeight.Uniform).UnitAucs[i])));
                continue;
            }

            bool[] so = [.. input.GetProperty("label").EnumerateArray().Select(label => label.GetInt32() == 1)];
            double[] p = [.. (input.TryGetProperty("score", out var score) ? score : input.GetProperty("p")).EnumerateArray().Select(value => value.GetDouble())];
            if (expected.TryGetProperty("auc", out _)) Check("auc", BinaryMetrics.Auc(p, so));
            if (expected.TryGetProperty("logloss", out _)) Check("logloss", ProbabilityMetrics.LogLoss(p, so));
            if (expected.TryGetProperty("normalized_entropy", out _)) Check("normalized_entropy", ProbabilityMetrics.NormalizedEntropy(p, so));
        }

        Assert.True(count >= 20, $"only {count} figures");
    }

    [Fact]
    public void Calibration_is_nought_for_rates_told_exactly_and_bins_hold_every_row() => Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 200].Sample(rows =>
    {
        double[] p = [.. rows.Select(row => Math.Round(row.Item1, 1))];
        bool[] labels = [.. rows.Select(row => row.Item2)];
        var bins = ProbabilityMetrics.Bins(p, labels, 7);
        Assert.Equal(p.Length, bins.Sum(bin => bin.Count));
        Assert.InRange(ProbabilityMetrics.CalibrationError(p, labels, 7), 0, 1);
        Assert.InRange(ProbabilityMetrics.Brier(p, labels), 0, 1);
        // A row that says its group's rate is calibrated.
        double[] told = [.. p.Select(value => labels.Where((_, i) => p[i] == value).Average(label => label ? 1.0 : 0))];
        Assert.InRange(ProbabilityMetrics.CalibrationError(told, labels, 1000), 0, 1e-12);
        if (labels.Contains(true)) Assert.Equal(1, ProbabilityMetrics.CalibrationRatio(told, labels), 1e-12);
    });

    [Fact]
    public void Probabilities_out_of_range_are_refused_by_row()
    {
        Assert.StartsWith("probabilities[1] = 1.5; expected [0, 1].", Assert.Throws<ArgumentException>(() => ProbabilityMetrics.LogLoss([0.5, 1.5], [true, false])).Message, StringComparison.Ordinal);
        Assert.StartsWith("units[1] = 3; expected 0 to 1.", Assert.Throws<ArgumentException>(() => GroupedAuc.Of([0.5, 1.5], [true, false], [0, 3], 2, GroupWeight.Clicks)).Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(ProbabilityMetrics.LogLoss([], [])));
    }
}
