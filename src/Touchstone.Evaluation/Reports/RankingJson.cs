using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Reports;

/// <summary>Judged runs for machines: the form <c>touchstone.evaluate-ranking/1</c> (docs/formats.md). What is not defined is null.</summary>
public static class RankingJson
{
    /// <summary>The whole text.</summary>
    public static string Write(RankingEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return FiguresJson.Text(json =>
        {
            json.WriteString("format", "touchstone.evaluate-ranking/1");
            Protocol(json, evidence);
            json.WriteStartArray("runs");
            for (var run = 0; run < evidence.Runs.Count; run++) Run(json, evidence, run);
            json.WriteEndArray();
            json.WriteStartArray("comparisons");
            foreach (var difference in evidence.Differences) Difference(json, difference);
            json.WriteEndArray();
            FiguresJson.Strings(json, "warnings", RankingReport.Warnings(evidence));
        });
    }

    private static void Protocol(Utf8JsonWriter json, RankingEvidence evidence)
    {
        var options = evidence.Comparison;
        json.WriteStartObject("protocol");
        json.WriteString("qrels", evidence.Qrels);
        json.WriteNumber("judged_queries", evidence.Runs[0].Queries.Count);
        json.WriteNumber("queries_without_relevant", evidence.Runs[0].WithoutRelevantCount);
        json.WriteNumber("judgments", evidence.JudgmentCount);
        json.WriteNumber("maximum_grade", evidence.MaximumGrade);
        json.WriteNumber("relevant_from", evidence.Judge.RelevanceLevel);
        if (evidence.Judge.Depth == int.MaxValue) json.WriteNull("depth");
        else json.WriteNumber("depth", evidence.Judge.Depth);
        json.WriteString("order", "score descending, equal scores by document id descending (ordinal UTF-8)");
        json.WriteString("correction", options.Correction == PValueCorrection.Holm ? "holm" : "benjamini-hochberg");
        json.WriteNumber("level", options.Bootstrap.Level);
        json.WriteNumber("replicates", options.Bootstrap.Replicates);
        json.WriteNumber("permutations", options.Permutations);
        json.WriteNumber("seed", options.Bootstrap.Seed.Value);
        json.WriteEndObject();
    }

    private static void Run(Utf8JsonWriter json, RankingEvidence evidence, int index)
    {
        var run = evidence.Runs[index];
        json.WriteStartObject();
        json.WriteString("run", run.Run);
        json.WriteString("file", evidence.Files[index]);
        json.WriteNumber("queries_with_results", run.CommonCount);
        json.WriteNumber("queries_without_results", run.Queries.Count - run.CommonCount);
        json.WriteNumber("queries_without_judgments", run.UnjudgedQueries.Count);
        json.WriteNumber("tied_queries", run.TiedCount);
        json.WriteNumber("dropped_copies", run.DroppedCount);
        json.WriteStartObject("metrics");
        for (var metric = 0; metric < run.Metrics.Count; metric++)
        {
            var means = run.Means(metric);
            json.WriteStartObject(run.Metrics[metric].Name);
            FiguresJson.Number(json, "over_queries_with_results", means.OverCommon);
            FiguresJson.Number(json, "over_judged_queries", means.OverJudged);
            json.WriteNumber("defined_queries", means.CommonCount);
            json.WriteString("aggregate", run.Metrics[metric].Aggregate switch { QueryAggregate.Sum => "sum", QueryAggregate.GeometricMean => "geometric mean", _ => "mean" });
            json.WriteString("trec_eval", run.Metrics[metric].TrecName);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (evidence.Catalogue.Count > 0)
        {
            json.WriteStartObject("catalogue");
            json.WriteNumber("queries", evidence.Catalogue[index].QueryCount);
            json.WriteNumber("products_not_in_catalogue", evidence.Catalogue[index].StrangerCount);
            foreach (var figure in evidence.Catalogue[index].Figures) FiguresJson.Number(json, figure.Metric, figure.Value);
            json.WriteEndObject();
        }

        if (evidence.WithQueries) Queries(json, run);
        json.WriteEndObject();
    }

    private static void Queries(Utf8JsonWriter json, RunJudgement run)
    {
        json.WriteStartArray("queries");
        for (var query = 0; query < run.Queries.Count; query++)
        {
            json.WriteStartObject();
            json.WriteString("query", run.Queries[query]);
            json.WriteBoolean("has_results", run.HasResults[query]);
            json.WriteNumber("relevant", run.RelevantCounts[query]);
            for (var metric = 0; metric < run.Metrics.Count; metric++)
                if (RankingReport.PerQuery(run.Metrics[metric])) FiguresJson.Number(json, run.Metrics[metric].Name, run.Values[metric][query]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Difference(Utf8JsonWriter json, RunDifference difference)
    {
        json.WriteStartObject();
        json.WriteString("run", difference.Run);
        json.WriteString("baseline", difference.Baseline);
        json.WriteString("metric", difference.Metric);
        json.WriteNumber("queries", difference.Difference.Count);
        FiguresJson.Number(json, "difference", difference.Difference.Value);
        FiguresJson.Number(json, "standard_error", difference.Difference.StandardError);
        json.WriteNumber("better_in", difference.Wins);
        json.WriteNumber("worse_in", difference.Losses);
        json.WriteString("status", difference.Status ?? "ok");
        json.WriteStartObject("paired_t");
        FiguresJson.Number(json, "t", difference.T);
        Test(json, difference.Student, difference.Difference);
        json.WriteStartObject("randomisation");
        json.WriteBoolean("all_signs", difference.IsExact);
        Test(json, difference.Randomisation, null);
        json.WriteStartObject("bootstrap");
        Test(json, difference.BootstrapTest, difference.Bootstrap);
        json.WriteEndObject();
    }

    private static void Test(Utf8JsonWriter json, TestedP p, Estimate? interval)
    {
        FiguresJson.Number(json, "p", p.Raw);
        FiguresJson.Number(json, "p_adjusted", p.Adjusted);
        if (interval is not null)
        {
            FiguresJson.Number(json, "low", interval.Low);
            FiguresJson.Number(json, "high", interval.High);
        }

        json.WriteEndObject();
    }
}
