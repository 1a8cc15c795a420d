using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Tests.Evaluation.Reports;

public sealed class RankingReportTests
{
    [Fact]
    public void Json_holds_both_means_the_queries_and_the_tests()
    {
        using var json = JsonDocument.Parse(RankingJson.Write(Evidence(withQueries: true)));
        var root = json.RootElement;

        Assert.Equal("touchstone.evaluate-ranking/1", root.GetProperty("format").GetString());
        Assert.Equal(3, root.GetProperty("protocol").GetProperty("judged_queries").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("protocol").GetProperty("depth").ValueKind);
        var run = root.GetProperty("runs")[0];
        Assert.Equal((2, 1, 1), (run.GetProperty("queries_with_results").GetInt32(), run.GetProperty("queries_without_results").GetInt32(), run.GetProperty("queries_without_judgments").GetInt32()));
        var rr = run.GetProperty("metrics").GetProperty("rr");
        Assert.Equal(0.75, rr.GetProperty("over_queries_with_results").GetDouble());
        Assert.Equal(0.5, rr.GetProperty("over_judged_queries").GetDouble());
        Assert.Equal("recip_rank", rr.GetProperty("trec_eval").GetString());
        Assert.Equal(["q1", "q2", "q3"], run.GetProperty("queries").EnumerateArray().Select(query => query.GetProperty("query").GetString()));
        Assert.Equal(0.5, run.GetProperty("queries")[1].GetProperty("rr").GetDouble());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("queries")[0].GetProperty("auc").ValueKind);
        var comparison = root.GetProperty("comparisons")[0];
        Assert.Equal(("second", "first", "rr"), (comparison.GetProperty("run").GetString(), comparison.GetProperty("baseline").GetString(), comparison.GetProperty("metric").GetString()));
        Assert.InRange(comparison.GetProperty("randomisation").GetProperty("p_adjusted").GetDouble(), 0, 1);
        Assert.False(RankingJson.Write(Evidence(withQueries: false)).Contains("\"queries\": [", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_form_tells_means_warnings_and_differences()
    {
        var document = RankingReport.Compose(Evidence(withQueries: true) with { Warnings = ["mind the ids"] });
        using var json = JsonDocument.Parse(document.FiguresJson ?? "");
        Assert.Equal(Assert.Single(document.Sections.OfType<NotesSection>(), notes => notes.IsWarning).Notes, json.RootElement.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
        Assert.Equal("mind the ids", json.RootElement.GetProperty("warnings")[0].GetString());
        foreach (var text in (string[])[PlainTextRenderer.Render(document), MarkdownRenderer.Render(document), HtmlRenderer.Render(document)])
        {
            Assert.Contains(".7500", text, StringComparison.Ordinal);
            Assert.Contains("first has no results for 1 judged query: q3.", text, StringComparison.Ordinal);
            Assert.Contains("first has 1 query without any judgment, left out: x.", text, StringComparison.Ordinal);
            Assert.Contains("randomisation", text, StringComparison.Ordinal);
            Assert.Contains("Queries of second", text, StringComparison.Ordinal);
            Assert.Contains("all judged (3)", text, StringComparison.Ordinal);
        }

        Assert.Equal(HtmlRenderer.Render(document), HtmlRenderer.Render(RankingReport.Compose(Evidence(withQueries: true) with { Warnings = ["mind the ids"] })));
    }

    [Fact]
    public void Judgments_from_clicks_are_written_as_a_table_that_can_be_read_again()
    {
        var evidence = new ClickEvidence
        {
            Log = "clicks.csv",
            Judgments = [new("red, \"big\"", "a", 3, 0.25, 1.5, 20, 5)],
            LeftOut = 2,
            LeastImpressions = 10,
            Ranks = [1, double.NaN],
            Model = null,
        };
        Assert.Equal("query,product,grade,value,impressions,clicks\n\"red, \"\"big\"\"\",a,3,0.25,20,5\n", ClickReport.Csv(evidence));
        using var json = JsonDocument.Parse(ClickReport.Compose(evidence).FiguresJson ?? "");
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("ranks")[1].ValueKind);
        Assert.Equal(3, json.RootElement.GetProperty("judgments")[0].GetProperty("grade").GetInt32());
    }

    private static RankingEvidence Evidence(bool withQueries)
    {
        var (judgments, first, second) = (new QueryDocumentsBuilder<int>(), new QueryDocumentsBuilder<double>(), new QueryDocumentsBuilder<double>());
        foreach (var query in (string[])["q1", "q2", "q3"]) judgments.Add(query, "a", 1);
        judgments.Add("q2", "b", 0);
        first.Add("q1", "a", 1);
        first.Add("q2", "a", 1);
        first.Add("q2", "b", 2);
        first.Add("x", "a", 1);
        foreach (var query in (string[])["q1", "q2", "q3"]) second.Add(query, "a", 1);
        var judged = judgments.Build();
        var runs = RunJudge.Judge(judged, [new("first", first.Build()), new("second", second.Build())], RankingMetricNames.Parse("rr,ndcg@10,auc,num_rel,gm_map", 1), new RunJudgeOptions());
        var comparison = new RunComparisonOptions { Bootstrap = new BootstrapOptions { Replicates = 100 } };
        return new RankingEvidence
        {
            Qrels = "qrels.txt",
            JudgmentCount = judged.Count,
            MaximumGrade = 1,
            Files = ["first.txt", "second.txt"],
            Runs = runs,
            Differences = RunComparison.Compare(runs, comparison),
            Judge = new RunJudgeOptions(),
            Comparison = comparison,
            WithQueries = withQueries,
        };
    }
}
