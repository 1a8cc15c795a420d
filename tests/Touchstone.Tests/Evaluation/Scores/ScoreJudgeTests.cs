using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Scores;

namespace Touchstone.Tests.Evaluation.Scores;

/// <summary>Figures: computed apart in Python 3.11 from the definitions.</summary>
public sealed class ScoreJudgeTests
{
    [Fact]
    public void Figures_of_a_probability_are_met_with_errors_by_group()
    {
        var result = ScoreJudge.Judge(Rows());
        var first = result.Scores[0];
        Truth.Near(0.7199074074074073, first.Auc.Value, 1e-12, "AUC");
        Truth.Near(0.11067348028805825, first.Auc.StandardError, 1e-12, "its error");
        Truth.Near(0.7333333333333332, first.GroupedAuc?.Value ?? 0, 1e-12, "GAUC");
        Assert.Equal((0, 4), (first.GroupsLeftOut, result.GroupCount));
        var figures = Assert.IsType<ProbabilityFigures>(first.Probability);
        Truth.Near(1.1963583147852388, figures.LogLoss.Value, 1e-12, "log loss");
        Truth.Near(0.5624890915860397, figures.LogLoss.StandardError, 1e-12, "its error");
        Truth.Near(0.22959023625134783, figures.Brier.Value, 1e-12, "Brier");
        Truth.Near(0.04985074674371774, figures.Brier.StandardError, 1e-12, "its error");
        Truth.Near(0.8171067106710671, figures.CalibrationRatio.Value, 1e-12, "ratio");
        Truth.Near(0.11324434968240761, figures.CalibrationRatio.StandardError, 1e-12, "its error");
        Assert.Equal(60, figures.Reliability.Sum(row => row.Bin.Count));
        Assert.All(figures.Reliability, row => Assert.InRange(row.Bin.Rate, row.Rate.Low, row.Rate.High));
        var difference = Assert.Single(result.Differences);
        Truth.Near(-0.14525462962962954, difference.Auc.Value, 1e-12, "difference");
        Truth.Near(0.05760181981508283, difference.PValue, 1e-12, "p");
        Assert.Equal(difference.PValue, difference.HolmP);
    }

    [Fact]
    public void A_group_with_one_class_is_left_out_and_counted()
    {
        var rows = new ScoredRows { Names = ["s"], Scores = [[0.1, 0.9, 0.5, 0.6, 0.7]], NoProbability = [null], Labels = [false, true, true, false, false], Groups = [0, 0, 1, 1, 2], GroupCount = 3 };
        var score = ScoreJudge.Judge(rows).Scores[0];
        // Groups of AUC 1 and 0, two rows each.
        Assert.Equal((0.5, 1), (score.GroupedAuc?.Value, score.GroupsLeftOut));
    }

    [Fact]
    public void Scores_that_are_no_probabilities_are_judged_by_their_order_alone()
    {
        var rows = Rows();
        var result = ScoreJudge.Judge(rows with { NoProbability = [null, "scores.csv:3 has 1.7"] });
        Assert.Null(result.Scores[1].Probability);
        Assert.Null(result.Differences[0].LogLoss);
        Assert.NotNull(result.Scores[0].Probability);
        Truth.Near(0.5746527777777778, result.Scores[1].Auc.Value, 1e-12, "AUC");
        Assert.Equal("second is no probability (scores.csv:3 has 1.7; expected 0 to 1): its order is judged by AUC, and nothing else.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void One_class_has_no_AUC_and_says_so()
    {
        var result = ScoreJudge.Judge(new ScoredRows { Names = ["s"], Scores = [[0.2, 0.4]], NoProbability = [null], Labels = [false, false] });
        Assert.True(double.IsNaN(result.Scores[0].Auc.Value));
        Assert.True(double.IsNaN(result.Scores[0].Probability?.CalibrationRatio.Value ?? 0));
        Truth.Near(-(Math.Log(0.8) + Math.Log(0.6)) / 2, result.Scores[0].Probability?.LogLoss.Value ?? 0, 1e-12, "log loss");
        Assert.Equal("All rows were not so: with one class there is no AUC.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void The_report_has_a_row_a_score_a_picture_of_calibration_and_JSON()
    {
        var document = ScoreReport.Compose(ScoreJudge.Judge(Rows(), binCount: 4), "scores.csv", "shopper");
        Assert.Contains("| **first** | **.7199 (.5030 to .9368)** | **.7333", MarkdownRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("Predicted against seen", HtmlRenderer.Render(document), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(document.FiguresJson ?? "");
        Assert.Equal("touchstone.evaluate-scores/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("scores")[0].GetProperty("reliability").GetArrayLength());
    }

    private static ScoredRows Rows()
    {
        double[] first = [.. Enumerable.Range(0, 60).Select(i => i * 37 % 101 / 101.0)];
        return new ScoredRows
        {
            Names = ["first", "second"],
            Scores = [first, [.. Enumerable.Range(0, 60).Select(i => ((i * 53) + 11) % 97 / 10 / 10.0)]],
            NoProbability = [null, null],
            Labels = [.. Enumerable.Range(0, 60).Select(i => i * 29 % 7 < 3 || (first[i] > 0.6 && i % 3 > 0))],
            // Four groups, numbered as they come.
            Groups = [.. Enumerable.Range(0, 60).Select(i => (i * i % 9) switch { 0 => 0, 1 => 1, 4 => 2, _ => 3 })],
            GroupCount = 4,
        };
    }
}
