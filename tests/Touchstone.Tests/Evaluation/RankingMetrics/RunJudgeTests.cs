using System.Text.Json;
using CsCheck;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class RunJudgeTests
{
    [Fact]
    public void Known_answers_come_out_of_columns_with_both_means()
    {
        var count = 0;
        foreach (var known in Truth.Cases("metrics", "ranking.json"))
        {
            var (id, tolerance) = (known.GetProperty("id").GetString(), known.GetProperty("tol").GetDouble());
            var expected = known.GetProperty("expected");
            string[] names = [.. expected.GetProperty("mean_over_common_queries").EnumerateObject().Select(metric => metric.Name)];
            var judgement = Judge(Judgments(known.GetProperty("input").GetProperty("qrels")), Run(known.GetProperty("input").GetProperty("run")), string.Join(',', names.Select(Name)));
            for (var i = 0; i < names.Length; i++)
            {
                var means = judgement.Means(i);
                Truth.Near(Truth.Number(expected.GetProperty("mean_over_common_queries").GetProperty(names[i])), means.OverCommon, tolerance, $"{id} {names[i]} common");
                if (expected.GetProperty("mean_over_all_judged_queries").TryGetProperty(names[i], out var judged))
                    Truth.Near(Truth.Number(judged), means.OverJudged, tolerance, $"{id} {names[i]} judged");
                foreach (var query in expected.GetProperty("per_query").EnumerateObject())
                {
                    if (!query.Value.TryGetProperty(names[i], out var value)) continue;
                    Truth.Near(value.GetDouble(), judgement.Values[i][judgement.Queries.ToList().IndexOf(query.Name)], tolerance, $"{id} {query.Name} {names[i]}");
                    count++;
                }
            }
        }

        Assert.True(count > 1000, $"only {count} values");
    }

    [Fact]
    public void Copies_are_refused_or_closed_over()
    {
        foreach (var known in Truth.Cases("metrics", "duplicates.json"))
        {
            string[] ranked = [.. known.GetProperty("input").GetProperty("ranked").EnumerateArray().Select(document => document.GetString() ?? "")];
            QueryDocumentsBuilder<double> Rows()
            {
                var builder = new QueryDocumentsBuilder<double>();
                for (var i = 0; i < ranked.Length; i++) builder.Add("q", ranked[i], -i);
                return builder;
            }

            var refusal = Assert.Throws<DuplicateDocumentException>(() => Rows().Build());
            Assert.Equal((ranked[0], 1, 2), (refusal.Document, refusal.FirstLine, refusal.SecondLine));
            var judgments = new QueryDocumentsBuilder<int>();
            foreach (var grade in known.GetProperty("input").GetProperty("qrels").EnumerateObject()) judgments.Add("q", grade.Name, grade.Value.GetInt32());
            var expected = known.GetProperty("expected").GetProperty("keep_first");
            string[] names = [.. expected.EnumerateObject().Select(metric => metric.Name)];
            var judgement = Judge(judgments.Build(), new RankingRun("r", Rows().Build(DuplicateRule.KeepFirst)), string.Join(',', names.Select(Name)));
            for (var i = 0; i < names.Length; i++) Truth.Near(expected.GetProperty(names[i]).GetDouble(), judgement.Values[i][0], known.GetProperty("tol").GetDouble(), names[i]);
            var trap = known.GetProperty("trap").GetProperty("NDCG@5_linear_if_counted_twice").GetDouble();
            Assert.True(Math.Abs(judgement.Values[Array.IndexOf(names, "NDCG@5_linear")][0] - trap) > 0.1);
            Assert.Equal(ranked.Length - ranked.Distinct().Count(), judgement.DroppedCount);
        }
    }

    [Fact]
    public void Tie_aware_ndcg_meets_the_known_answers()
    {
        foreach (var known in Truth.Cases("metrics", "tie_aware_ndcg.json"))
        {
            var input = known.GetProperty("input");
            int[] grades = [.. input.GetProperty("grades").EnumerateArray().Select(grade => grade.GetInt32())];
            double[] scores = [.. input.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
            int[] ideal = [.. grades.OrderDescending()];
            int[] order = [.. Enumerable.Range(0, grades.Length).OrderByDescending(i => scores[i])];
            double Of(bool isExponential) => TieAwareNdcg.Of([.. order.Select(i => grades[i])], [.. order.Select(i => scores[i])], ideal, input.GetProperty("k").GetInt32(), isExponential);
            Truth.Near(known.GetProperty("expected").GetProperty("tieaware_NDCG_linear").GetDouble(), Of(false), 1e-9, known.GetProperty("id").ToString());
            Truth.Near(known.GetProperty("expected").GetProperty("tieaware_NDCG_exp").GetDouble(), Of(true), 1e-9, known.GetProperty("id").ToString());
        }
    }

    [Fact]
    public void Any_ranking_has_values_in_bounds_the_same_at_any_threads_and_the_same_as_the_slow_way()
    {
        const string Metrics = "ndcg,ndcg@3,ndcg_exp@5,tie_aware_ndcg@5,map,ap@3,ap_reachable@3,P@3,recall@3,hit@3,rr,rprec,bpref,err@5,rbp,rbp_residual,unjudged@5,iprec,11pt_avg,set_F,set_P,set_recall,relative_P@3,infAP,binG";
        var document = Gen.Int[0, 15];
        Gen.Select(Gen.Select(document, Gen.Int[-1, 4]).Array[1, 16], Gen.Select(document, Gen.Int[0, 4]).Array[0, 16]).Array[1, 5].Sample(queries =>
        {
            var (judgments, rows) = (new QueryDocumentsBuilder<int>(), new QueryDocumentsBuilder<double>());
            for (var q = 0; q < queries.Length; q++)
            {
                foreach (var (id, grade) in queries[q].Item1) judgments.Add($"q{q}", $"d{id}", grade);
                foreach (var (id, score) in queries[q].Item2) rows.Add($"q{q}", $"d{id}", score);
            }

            var judged = judgments.Build(DuplicateRule.KeepFirst);
            var run = new RankingRun("run", rows.Build(DuplicateRule.KeepFirst));
            var metrics = RankingMetricNames.Parse(Metrics.Replace("iprec,", "iprec@0.1,iprec@1,", StringComparison.Ordinal), 4);
            var one = RunJudge.Judge(judged, [run], metrics, new RunJudgeOptions { Threads = 1 })[0];
            var two = RunJudge.Judge(judged, [run, run], metrics, new RunJudgeOptions { Threads = 2 })[1];
            for (var metric = 0; metric < metrics.Count; metric++)
            {
                Assert.Equal(one.Values[metric], two.Values[metric]);
                Assert.All(one.Values[metric], value => Assert.InRange(value, 0, 1 + 1e-12));
            }

            for (var q = 0; q < queries.Length; q++)
            {
                if (queries[q].Item2.Length == 0) continue;
                var grades = queries[q].Item1.DistinctBy(pair => pair.Item1).ToDictionary(pair => $"d{pair.Item1}", pair => pair.Item2, StringComparer.Ordinal);
                var found = queries[q].Item2.DistinctBy(pair => pair.Item1).ToArray();
                var slow = SlowRanking.Of($"q{q}", [.. found.Select(pair => $"d{pair.Item1}")], [.. found.Select(pair => (double)pair.Item2)], grades);
                Assert.Equal(RankedListMetrics.Ndcg(slow.Grades, slow.IdealGrades, 3), one.Values[1][one.Queries.ToList().IndexOf($"q{q}")], 1e-12);
                Assert.Equal(RankedListMetrics.AveragePrecisionByRelevant(slow.Grades, slow.RelevantCount, 100), one.Values[4][one.Queries.ToList().IndexOf($"q{q}")], 1e-12);
            }
        });
    }

    [Fact]
    public void Queries_without_results_or_judgments_are_told_apart()
    {
        var (judgments, rows) = (new QueryDocumentsBuilder<int>(), new QueryDocumentsBuilder<double>());
        judgments.Add("b", "d", 1);
        judgments.Add("a", "d", 1);
        judgments.Add("c", "d", 0);
        rows.Add("x", "d", 1);
        rows.Add("b", "d", 1);
        rows.Add("c", "d", 1);
        var judgement = Judge(judgments.Build(), new RankingRun("r", rows.Build()), "rr,num_q,num_rel");

        Assert.Equal(["a", "b", "c"], judgement.Queries);
        Assert.Equal(["x"], judgement.UnjudgedQueries);
        Assert.Equal(new QueryMeans(0.5, 1 / 3.0, 2, 3, 1), judgement.Means(0));
        Assert.Equal((2, 3), (judgement.Means(1).OverCommon, judgement.Means(1).OverJudged));
        Assert.Equal((1, 2), (judgement.Means(2).OverCommon, judgement.Means(2).OverJudged));
        Assert.Equal(1, judgement.WithoutRelevantCount);
    }

    [Fact]
    public void NaN_scores_and_grades_beyond_measure_are_refused_by_name()
    {
        var (judgments, rows) = (new QueryDocumentsBuilder<int>(), new QueryDocumentsBuilder<double>());
        judgments.Add("q", "d", 1);
        rows.Add("q", "e", 1);
        rows.Add("q", "d", double.NaN);
        var (judged, run) = (judgments.Build(), new RankingRun("mine", rows.Build()));
        Assert.StartsWith("Run \"mine\", query \"q\": The score of \"d\" is NaN; a score must be a number.", Assert.Throws<ArgumentException>(() => Judge(judged, run, "map")).Message, StringComparison.Ordinal);

        var large = new QueryDocumentsBuilder<int>();
        large.Add("q", "d", 1001);
        var beyond = large.Build();
        Assert.StartsWith("Query \"q\": the grade of \"d\" is 1001; expected at most 1000.", Assert.Throws<ArgumentException>(() => Judge(beyond, run, "map")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_query_at_fault_is_named_at_any_number_of_threads_with_its_own_stack()
    {
        var (judgments, rows) = (new QueryDocumentsBuilder<int>(), new QueryDocumentsBuilder<double>());
        for (var query = 0; query < 2000; query++)
        {
            judgments.Add($"q{query:0000}", "d", query is 900 or >= 1000 ? RunJudge.GradeMax + 1 : 1);
            rows.Add($"q{query:0000}", "d", 1);
        }

        var (judged, run) = (judgments.Build(), new RankingRun("mine", rows.Build()));
        var metrics = RankingMetricNames.Parse("map", 4);
        foreach (var threads in (int[])[1, 2, 8])
        {
            var fault = Assert.Throws<ArgumentException>(() => RunJudge.Judge(judged, [run], metrics, new RunJudgeOptions { Threads = threads }, TestContext.Current.CancellationToken));
            Assert.StartsWith("Query \"q0900\": the grade of \"d\" is 1001;", fault.Message, StringComparison.Ordinal);
            Assert.Contains("QueryGrader.Start", fault.StackTrace, StringComparison.Ordinal);
        }
    }

    private static RunJudgement Judge(QueryDocuments<int> judgments, RankingRun run, string metrics) =>
        RunJudge.Judge(judgments, [run], RankingMetricNames.Parse(metrics, 4), new RunJudgeOptions())[0];

    /// <summary>Our name of a known answer's metric.</summary>
    private static string Name(string known)
    {
        if (known is "AP" or "RR" or "Rprec") return known;
        if (known is "NDCG_linear") return "ndcg";
        if (known is "NDCG_exp") return "ndcg_exp";
        if (known is "RBP_p0.8") return "rbp_0.8";
        if (known is "RBP_residual_p0.8") return "rbp_residual_0.8";
        var (name, cut) = (known[..known.IndexOf('@', StringComparison.Ordinal)], known[(known.IndexOf('@', StringComparison.Ordinal) + 1)..].Split('_'));
        return (name, cut.Length > 1 ? cut[1] : "") switch
        {
            ("AP", "divMinRk") => $"ap_reachable@{cut[0]}",
            ("NDCG", "exp") => $"ndcg_exp@{cut[0]}",
            ("ERR", ['g', 'm', 'a', 'x', .. var grade]) => $"err_max{grade}@{cut[0]}",
            _ => $"{name}@{cut[0]}",
        };
    }

    private static QueryDocuments<int> Judgments(JsonElement qrels)
    {
        var builder = new QueryDocumentsBuilder<int>();
        foreach (var query in qrels.EnumerateObject())
            foreach (var document in query.Value.EnumerateObject()) builder.Add(query.Name, document.Name, document.Value.GetInt32());
        return builder.Build();
    }

    private static RankingRun Run(JsonElement run)
    {
        var builder = new QueryDocumentsBuilder<double>();
        foreach (var query in run.EnumerateObject())
            foreach (var row in query.Value.EnumerateArray()) builder.Add(query.Name, row[0].GetString() ?? "", row[1].GetDouble());
        return new RankingRun("run", builder.Build());
    }
}
