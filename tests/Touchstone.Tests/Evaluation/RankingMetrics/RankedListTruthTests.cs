using System.Globalization;
using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class RankedListTruthTests
{
    [Fact]
    public void Rankings_of_the_known_answers_come_out_in_order_and_with_their_metrics()
    {
        var count = 0;
        foreach (var known in Truth.Cases("metrics", "ranking.json"))
        {
            var (id, tolerance) = (known.GetProperty("id").GetString() ?? "", known.GetProperty("tol").GetDouble());
            var judgments = known.GetProperty("input").GetProperty("qrels").EnumerateObject().ToDictionary(query => query.Name, Judgments, StringComparer.Ordinal);
            List<RankedQuery> ranked = [];
            foreach (var run in known.GetProperty("input").GetProperty("run").EnumerateObject())
            {
                var lines = run.Value.EnumerateArray().ToList();
                ranked.Add(SlowRanking.Of(run.Name, [.. lines.Select(line => line[0].GetString() ?? "")], [.. lines.Select(line => line[1].GetDouble())], judgments[run.Name]));
                if (known.GetProperty("ranking").TryGetProperty(run.Name, out var ranking))
                    Assert.Equal(ranking.EnumerateArray().Select(document => document.GetString() ?? ""), ranked[^1].Documents);
            }

            foreach (var query in known.GetProperty("expected").GetProperty("per_query").EnumerateObject())
            {
                foreach (var metric in query.Value.EnumerateObject())
                {
                    Truth.Near(metric.Value.GetDouble(), QueryMeasures.Of(metric.Name, ranked.Single(r => r.Query == query.Name)), tolerance, $"{id} {query.Name} {metric.Name}");
                    count++;
                }
            }

            var judged = judgments.Where(query => query.Value.Count > 0).Select(query => query.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var metric in known.GetProperty("expected").GetProperty("mean_over_common_queries").EnumerateObject())
                Truth.Near(metric.Value.GetDouble(), QueryMeans.Of(ranked, judged, query => QueryMeasures.Of(metric.Name, query)).OverCommon, tolerance, $"{id} common {metric.Name}");
            foreach (var metric in known.GetProperty("expected").GetProperty("mean_over_all_judged_queries").EnumerateObject())
                Truth.Near(metric.Value.GetDouble(), QueryMeans.Of(ranked, judged, query => QueryMeasures.Of(metric.Name, query)).OverJudged, tolerance, $"{id} judged {metric.Name}");
        }

        Assert.True(count > 1000);
    }

    [Fact]
    public void A_document_listed_twice_is_refused_or_its_first_copy_kept()
    {
        foreach (var known in Truth.Cases("metrics", "duplicates.json"))
        {
            string[] ranking = [.. known.GetProperty("input").GetProperty("ranked").EnumerateArray().Select(document => document.GetString() ?? "")];
            var judgments = known.GetProperty("input").GetProperty("qrels").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
            var refusal = Assert.Throws<ArgumentException>(() => RankedQuery.FromRanking("q", ranking, judgments));
            Assert.StartsWith($"Query \"q\": document \"{ranking[0]}\" stands twice in the ranking. List each once, or keep the first copy by option.", refusal.Message, StringComparison.Ordinal);
            var kept = RankedQuery.FromRanking("q", ranking, judgments, DuplicateRule.KeepFirst);
            Assert.Equal(known.GetProperty("expected").GetProperty("keep_first_ranking").EnumerateArray().Select(document => document.GetString() ?? ""), kept.Documents);
            foreach (var metric in known.GetProperty("expected").GetProperty("keep_first").EnumerateObject())
                Truth.Near(metric.Value.GetDouble(), QueryMeasures.Of(metric.Name, kept), known.GetProperty("tol").GetDouble(), metric.Name);
        }
    }

    [Theory]
    [InlineData("qrels.test", "results.test", "expected_results.tsv", false)]
    [InlineData("qrels.test", "results.trunc", "expected_trunc_c.tsv", true)]
    public void The_evaluator_of_trec_is_met_to_six_digits(string qrels, string results, string expected, bool isOverAllJudged)
    {
        string[] Lines(string file) => File.ReadAllLines(Path.Combine(SharedData.Folder("truth", "metrics", "trec"), file));
        string[][] Fields(string file) => [.. Lines(file).Where(line => !line.StartsWith('#')).Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))];
        var judgments = Fields(qrels).GroupBy(line => line[0], StringComparer.Ordinal)
            .ToDictionary(query => query.Key, query => query.ToDictionary(line => line[2], line => int.Parse(line[3], CultureInfo.InvariantCulture), StringComparer.Ordinal), StringComparer.Ordinal);
        var ranked = Fields(results).GroupBy(line => line[0], StringComparer.Ordinal)
            .Select(query => SlowRanking.Of(query.Key, [.. query.Select(line => line[2])], [.. query.Select(line => double.Parse(line[4], CultureInfo.InvariantCulture))], judgments[query.Key]))
            .ToList();
        var judged = judgments.Keys.ToHashSet(StringComparer.Ordinal);
        var count = 0;
        foreach (var line in Fields(expected))
        {
            if (Name(line[0]) is not { } name || (line[1] != "all" && ranked.All(query => query.Query != line[1]))) continue;
            double Metric(RankedQuery query) => QueryMeasures.Of(name, query);
            var means = QueryMeans.Of(ranked, judged, Metric);
            var actual = line[1] == "all" ? isOverAllJudged ? means.OverJudged : means.OverCommon : Metric(ranked.Single(query => query.Query == line[1]));
            Truth.Near(double.Parse(line[2], CultureInfo.InvariantCulture), actual, 1e-6, $"{line[0]} {line[1]}");
            count++;
        }

        Assert.True(count >= 60, $"only {count} figures compared");
    }

    private static string? Name(string trec)
    {
        if (trec is "map") return "AP";
        if (trec is "ndcg") return "NDCG_linear";
        if (trec is "recip_rank") return "RR";
        if (trec is "Rprec") return "Rprec";
        var at = trec.LastIndexOf('_');
        return at < 0 ? null : trec[..at] switch
        {
            "P" => "P@" + trec[(at + 1)..],
            "recall" => "recall@" + trec[(at + 1)..],
            "success" => "hit@" + trec[(at + 1)..],
            "map_cut" => "AP@" + trec[(at + 1)..] + "_divR",
            "ndcg_cut" => "NDCG@" + trec[(at + 1)..] + "_linear",
            _ => null,
        };
    }

    private static Dictionary<string, int> Judgments(JsonProperty query) =>
        query.Value.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
}
