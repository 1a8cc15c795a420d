using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Evaluation.Reports;

/// <summary>Off-policy evaluations for machines: <c>touchstone.evaluate-policy/1</c> and <c>touchstone.evaluate-slates/1</c>.</summary>
public static class PolicyJson
{
    /// <summary>What a log of rounds says.</summary>
    public static string Write(PolicyEvaluation evaluation, string log, string target, OffPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(options);
        return FiguresJson.Text(json =>
        {
            Head(json, "touchstone.evaluate-policy/1", log, target, options);
            json.WriteString("status", evaluation.IsRefused ? "refused" : "ok");
            Weights(json, evaluation.Weights);
            Clusters(json, evaluation.Clusters);
            FiguresJson.Number(json, "mass_without_support", evaluation.MassWithoutSupport);
            FiguresJson.Number(json, "mass_never_logged", evaluation.MassNeverLogged);
            json.WriteString("reward_model", evaluation.Model);
            Interval(json, "logged", evaluation.Logged, true);
            json.WriteStartArray("estimates");
            foreach (var estimate in evaluation.Estimates)
            {
                json.WriteStartObject();
                json.WriteString("estimator", estimate.Estimator.Name);
                FiguresJson.Number(json, "lambda", estimate.Estimator.Parameter);
                Figures(json, estimate.Value, estimate.StandardError, estimate.Status, estimate.Missing);
                json.WriteBoolean("biased", estimate.Estimator.IsBiased);
                FiguresJson.Number(json, "mean_weight_used", estimate.MeanWeightUsed);
                FiguresJson.Number(json, "effective_sample_size", estimate.EffectiveSampleSize);
                Interval(json, "bootstrap", estimate.Bootstrap);
                Interval(json, "normal", estimate.Normal);
                Interval(json, "empirical_bernstein", estimate.Bernstein);
                Interval(json, "against_log", estimate.AgainstLog, true);
                if (estimate.Candidates.Count > 0)
                {
                    json.WriteStartArray("candidates");
                    foreach (var candidate in estimate.Candidates)
                    {
                        json.WriteStartObject();
                        FiguresJson.Number(json, "lambda", candidate.Parameter);
                        FiguresJson.Number(json, "value", candidate.Value);
                        FiguresJson.Number(json, "standard_error", candidate.StandardError);
                        FiguresJson.Number(json, "mean_weight_used", candidate.MeanWeight);
                        json.WriteBoolean("chosen", candidate.IsChosen);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            FiguresJson.Strings(json, "warnings", evaluation.Warnings);
        });
    }

    /// <summary>What a log of slates says.</summary>
    public static string Write(SlateEvaluation evaluation, string log, OffPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(options);
        return FiguresJson.Text(json =>
        {
            Head(json, "touchstone.evaluate-slates/1", log, "target columns", options);
            json.WriteString("status", evaluation.IsRefused ? "refused" : "ok");
            if (evaluation.Weights is { } weights) Weights(json, weights);
            Clusters(json, evaluation.Clusters);
            Interval(json, "logged", evaluation.Logged, true);
            json.WriteStartArray("estimates");
            foreach (var estimate in evaluation.Estimates)
            {
                json.WriteStartObject();
                json.WriteString("estimator", estimate.Estimator.Name);
                Figures(json, estimate.Value, estimate.StandardError, estimate.Status, estimate.Missing);
                FiguresJson.Number(json, "effective_sample_size", estimate.EffectiveSampleSize);
                Interval(json, "bootstrap", estimate.Bootstrap);
                Interval(json, "normal", estimate.Normal);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            FiguresJson.Strings(json, "warnings", evaluation.Warnings);
        });
    }

    private static void Head(Utf8JsonWriter json, string format, string log, string target, OffPolicyOptions options)
    {
        json.WriteString("format", format);
        json.WriteString("log", log);
        json.WriteString("target", target);
        json.WriteNumber("level", options.Bootstrap.Level);
        json.WriteNumber("bootstrap", options.Bootstrap.Replicates);
        json.WriteNumber("seed", options.Bootstrap.Seed.Value);
        FiguresJson.Number(json, "minimum_effective_sample_size", options.MinimumEffectiveSampleSize);
    }

    private static void Weights(Utf8JsonWriter json, WeightReport weights)
    {
        json.WriteStartObject("weights");
        json.WriteNumber("rounds", weights.Rounds);
        FiguresJson.Number(json, "mean", weights.MeanWeight);
        FiguresJson.Number(json, "mean_standard_error", weights.MeanWeightStandardError);
        FiguresJson.Number(json, "maximum", weights.MaximumWeight);
        FiguresJson.Number(json, "effective_sample_size", weights.EffectiveSampleSize);
        FiguresJson.Number(json, "share_zero", weights.ZeroShare);
        json.WriteNumber("rewarded_rounds", weights.RewardedRounds);
        json.WriteStartArray("heaviest");
        foreach (var round in weights.Heaviest)
        {
            json.WriteStartObject();
            json.WriteNumber("round", round.Round);
            FiguresJson.Number(json, "weight", round.Weight);
            FiguresJson.Number(json, "share", round.Share);
            FiguresJson.Number(json, "reward", round.Reward);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("histogram");
        foreach (var bar in weights.Bars)
        {
            json.WriteStartObject();
            FiguresJson.Number(json, "above", bar.Above);
            FiguresJson.Number(json, "up_to", bar.UpTo);
            json.WriteNumber("rounds", bar.Count);
            FiguresJson.Number(json, "weight_share", bar.WeightShare);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Clusters(Utf8JsonWriter json, ClusterReport? clusters)
    {
        if (clusters is null)
        {
            json.WriteNull("clusters");
            return;
        }

        json.WriteStartObject("clusters");
        json.WriteNumber("count", clusters.Count);
        FiguresJson.Number(json, "effective", clusters.Effective);
        json.WriteNumber("largest", clusters.LargestRounds);
        json.WriteEndObject();
    }

    private static void Figures(Utf8JsonWriter json, double value, double error, EstimateStatus status, IReadOnlyList<string> missing)
    {
        FiguresJson.Number(json, "value", value);
        FiguresJson.Number(json, "standard_error", error);
        json.WriteString("status", PolicyReport.Word(status));
        FiguresJson.Strings(json, "missing", missing);
    }

    private static void Interval(Utf8JsonWriter json, string name, Estimate? estimate, bool withValue = false)
    {
        if (estimate is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        if (withValue) FiguresJson.Number(json, "value", estimate.Value);
        FiguresJson.Number(json, "low", estimate.Low);
        FiguresJson.Number(json, "high", estimate.High);
        json.WriteEndObject();
    }
}
