using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>What a log must have before an estimate counts, and the sentences that name what is missing.</summary>
internal static class EvidenceRules
{
    /// <summary>Least mean weight that an estimator which shrinks weights may keep.</summary>
    public const double LeastWeightUsed = 0.5;

    private const double ScoreLimit = 5, MeanWeightSlack = 0.05, FewRewarded = 100, FewEffective = 150;

    /// <summary>Why an estimator has no figure at all; null where it has one.</summary>
    public static string? WhyUndefined(PolicyEstimator estimator, BanditLog log, LogSurvey survey)
    {
        if (estimator.UsesCategories && survey.Categories is null)
            return $"{estimator.Name} weighs categories: give p(category | context, policy) for both policies, as the columns category_propensity and category_target.";
        if (estimator.UsesModel && !log.HasModel && survey.Model is null)
            return $"{estimator.Name} needs what a reward model expects under the judged policy: give the policy's probabilities by action (--target FILE), or the columns q_hat and q_hat_target.";
        var weights = estimator.UsesCategories ? survey.Categories ?? survey.Weights : survey.Weights;
        return estimator.IsSelfNormalised && weights.MaximumWeight == 0
            ? $"{estimator.Name} divides by the sum of weights, which is 0: the judged policy never chooses what the log chose. Log rounds in which it would."
            : null;
    }

    /// <summary>Why an estimator's figure is arithmetic only; empty where it is sound.</summary>
    public static List<string> WhyRefused(EstimatorTerms terms, LogSurvey survey, OffPolicyOptions options, double missingMass, double neverLogged)
    {
        var (missing, estimator) = (new List<string>(), terms.Estimator);
        if (survey.Weights.Rounds < 2) missing.Add("One round has no variance: log at least two.");
        if (survey.Clusters is { Count: < 2 }) missing.Add("All rounds are of one cluster, which has no variance: log at least two.");
        if (estimator.Rule == WeightRule.None) return missing;
        var weights = estimator.UsesCategories ? survey.Categories ?? survey.Weights : survey.Weights;
        if (weights.MaximumWeight == 0)
        {
            missing.Add("All weights are 0: the judged policy never chooses what the log chose. Log rounds in which it would, or use dm, whose model then stands alone.");
            return missing;
        }

        if (terms.EffectiveSampleSize < options.MinimumEffectiveSampleSize)
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"{weights.Rounds:#,##0} rounds say of the judged policy what {terms.EffectiveSampleSize:0.#} of its own would, fewer than {options.MinimumEffectiveSampleSize:0.#}: log more rounds, or judge a policy nearer to the log's (largest weight {weights.MaximumWeight:0.###})."));
        if (survey.Clusters is { Count: >= 2 } clusters && ClusterErrors.Effective(estimator.UsesCategories ? clusters.Categories : clusters.Weights) is var effective && effective < options.MinimumEffectiveSampleSize)
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"{clusters.Count:#,##0} clusters (shoppers) say as much as {effective:0.#} of equal weight, fewer than {options.MinimumEffectiveSampleSize:0.#}, and their rounds are not independent: log more shoppers."));
        if (estimator.IsBiased && terms.MeanWeight < LeastWeightUsed)
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"{estimator.Name}: shrinking has cut the mean weight from {weights.MeanWeight:0.###} to {terms.MeanWeight:0.###}, so the figure is mostly {(estimator.UsesModel ? "the model's word" : "what was not cut away")}: state a larger λ than {estimator.Parameter:0.###}, or log more rounds."));
        // The mean weight is 1 less the mass without support; where that is not known, it is at most what the log never shows.
        var (least, most) = double.IsNaN(missingMass) ? (1 - (double.IsNaN(neverLogged) ? 0 : neverLogged), 1) : (1 - missingMass, 1 - missingMass);
        var apart = Math.Max(0, Math.Max(least - weights.MeanWeight, weights.MeanWeight - most));
        if (apart > MeanWeightSlack && apart > ScoreLimit * weights.MeanWeightStandardError)
        {
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"The weights' mean is {weights.MeanWeight:0.###}, {apart / weights.MeanWeightStandardError:0.#} standard errors off what it should be: ")
                + (weights.MeanWeight < least
                    ? "the log can hardly choose what the judged policy does, or its propensities are not those it chose with. Give the logging policy (--logging FILE) to tell which."
                    : "the propensities are not those that the log chose with. Log the probability at the moment of choice."));
        }

        return missing;
    }

    /// <summary>What holds for the whole answer.</summary>
    public static List<string> Warnings(LogSurvey survey, OffPolicyOptions options, double missingMass, double neverLogged)
    {
        var warnings = new List<string>();
        if (missingMass > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"No support: in the mean {Share(missingMass)} of the judged policy's choices are actions that the logging policy never takes. Nothing is known of their reward: weighted estimates leave it out, a model guesses it."));
        if (neverLogged > 1e-12 && !(missingMass >= neverLogged))
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{Share(neverLogged)} of the judged policy's choices are actions that this log does not show in their context: a longer log may, unless the logging policy never takes them (--logging FILE tells)."));
        var weights = survey.Weights;
        if (weights.RewardedRounds < FewRewarded && weights.MaximumWeight > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Only {weights.RewardedRounds:#,##0} rounds have both a reward and a weight: intervals are wide, and only large differences can be seen."));
        if (weights.EffectiveSampleSize < FewEffective && weights.EffectiveSampleSize < 0.9 * weights.Rounds)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The effective sample size is {weights.EffectiveSampleSize:0.#}: below about {FewEffective:0} the intervals are too narrow (at 71 of 2,000 rounds those at 95 % hold in 86 to 94 %; touchstone evaluate calibrate)."));
        if (survey.Clusters is { } clusters && ClusterErrors.Effective(clusters.Weights) is var effective && effective < FewEffective && effective > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{clusters.Count:#,##0} clusters (shoppers) say as much as {effective:0.#} of equal weight: below about {FewEffective:0} the intervals are too narrow."));
        if (weights.Heaviest.Count > 0 && weights.Heaviest[0].Share > 0.05)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"Round {weights.Heaviest[0].Round} alone carries {Share(weights.Heaviest[0].Share)} of all weight ({weights.Heaviest[0].Weight:0.##})."));
        if (options.Estimators.Any(estimator => estimator.IsBiased))
            warnings.Add("Estimators that shrink weights are biased, and their intervals hold the sampling error only; dm has none, because its error is the model's.");
        if (survey.Clusters is not null)
            warnings.Add("Empirical-Bernstein intervals are left out: they need independent terms of a known range, and the sum of a cluster's rounds has none.");
        else if (options.RewardRange is null)
            warnings.Add("The reward's range is the log's own, so the empirical-Bernstein interval holds only if no reward lies outside it; state it with --reward-range LOW,HIGH.");
        return warnings;
    }

    private static string Share(double share) => share < 0.001 ? "< 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
