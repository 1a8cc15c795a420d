using System.Globalization;
using Touchstone.Data.Sources;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class TrecEvalTruthTests
{
    // Every measure of trec_eval's -m all_trec but relstring, runid, rbp (has a known fault) and four gain measures under study there.
    private const string All =
        "trec,recall,infAP,gm_bpref,Rprec_mult,utility,11pt_avg,binG,ndcg,ndcg_cut,map_cut,relative_P,success,set_P,set_relative_P,set_recall,set_map,set_F,num_nonrel_judged_ret,unj";

    private static readonly HashSet<string> s_others = new(["runid", "relstring", "relstring_20", "rbp", "rbp_resid", "G", "ndcg_rel", "Rndcg"], StringComparer.Ordinal);

    [Theory]
    [InlineData("out.test", "qrels.test", "results.test", false, false, 1, 29)]
    [InlineData("out.test.a", "qrels.test", "results.test", false, false, 1, 91)]
    [InlineData("out.test.aq", "qrels.test", "results.test", true, false, 1, 355)]
    [InlineData("out.test.aqc", "qrels.test", "results.trunc", true, true, 1, 355)]
    [InlineData("out.test.aql", "qrels.rel_level", "results.test", true, false, 2, 355)]
    public void The_output_of_trec_eval_is_met_to_all_printed_digits(string expected, string qrels, string results, bool withQueries, bool overJudged, int level, int least)
    {
        var folder = SharedData.Folder("data", "trec_eval");
        var lines = Judge(Path.Combine(folder, qrels), Path.Combine(folder, results), All, new RunJudgeOptions { RelevanceLevel = level }, out var judgement)
            ? TrecEvalText.Lines(judgement, withQueries, overJudged).ToHashSet(StringComparer.Ordinal)
            : [];

        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, expected)))
        {
            if (s_others.Contains(line.Split('\t')[0].TrimEnd())) continue;
            Assert.True(lines.Contains(line), $"{expected}: {line} is not among\n{string.Join('\n', lines.Where(own => own.Split('\t')[0] == line.Split('\t')[0]))}");
            count++;
        }

        Assert.True(count >= least, $"{expected}: only {count} lines compared");
    }

    [Fact]
    public void Trec_evals_depth_of_a_hundred_over_all_judged_queries_is_met()
    {
        var folder = SharedData.Folder("data", "trec_eval");
        Judge(Path.Combine(folder, "qrels.test"), Path.Combine(folder, "results.trunc"), All, new RunJudgeOptions { Depth = 100 }, out var judgement);
        var lines = TrecEvalText.Lines(judgement, true, true).ToHashSet(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(folder, "out.test.aqcM")))
        {
            // trec_eval's -M counts queries without a result left as not retrieved, like ours.
            if (s_others.Contains(line.Split('\t')[0].TrimEnd())) continue;
            Assert.True(lines.Contains(line), line);
        }
    }

    [Theory]
    [InlineData("expected_results.tsv", "qrels.test", "results.test", false, 1, int.MaxValue)]
    [InlineData("expected_results_M10.tsv", "qrels.test", "results.test", false, 1, 10)]
    [InlineData("expected_trunc_c.tsv", "qrels.test", "results.trunc", true, 1, int.MaxValue)]
    [InlineData("expected_rel_level_l2.tsv", "qrels.rel_level", "results.test", false, 2, int.MaxValue)]
    public void Twelve_digits_of_trec_eval_are_met(string expected, string qrels, string results, bool overJudged, int level, int depth)
    {
        var folder = SharedData.Folder("truth", "metrics", "trec");
        var rows = File.ReadLines(Path.Combine(folder, expected)).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).ToList();
        var names = rows.Select(row => row[0]).Distinct(StringComparer.Ordinal).ToList();
        Judge(Path.Combine(folder, qrels), Path.Combine(folder, results), string.Join(',', names), new RunJudgeOptions { RelevanceLevel = level, Depth = depth }, out var judgement);

        foreach (var row in rows)
        {
            var metric = judgement.Metrics.Select((one, i) => (one, i)).Single(pair => pair.one.TrecName == row[0]).i;
            var means = judgement.Means(metric);
            var actual = row[1] == "all" ? overJudged ? means.OverJudged : means.OverCommon : judgement.Values[metric][judgement.Queries.ToList().IndexOf(row[1])];
            Truth.Near(double.Parse(row[2], CultureInfo.InvariantCulture), actual, 1e-11, $"{expected} {row[0]} {row[1]}");
        }

        Assert.True(rows.Count >= 90, $"only {rows.Count} figures compared");
    }

    private static bool Judge(string qrels, string results, string metrics, RunJudgeOptions options, out RunJudgement judgement)
    {
        var (judgments, run) = (QrelsFile.Read(qrels), RunFile.Read(results));
        judgement = RunJudge.Judge(judgments, [run], RankingMetricNames.Parse(metrics, 4), options)[0];
        return true;
    }
}
