using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>
/// Judges a policy from another's log: what the weights are like, then what a reward model expects, then the estimates. The log is walked two or three times in
/// blocks; memory follows from the pairs of context and action that occur and from the clusters, not from its rounds.
/// </summary>
public static class OffPolicyJudge
{
    /// <summary>Judges the log's target policy.</summary>
    /// <param name="log">Log and policy.</param>
    /// <param name="options">Estimators, intervals, when to refuse.</param>
    /// <param name="progress">Told the share of the work that is done; may be null.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">No rounds, a probability out of range or a reward that is no number (names the round).</exception>
    public static PolicyEvaluation Judge(BanditLog log, OffPolicyOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(options);
        var survey = LogSurvey.Of(log, options, cancellationToken);
        if (options.RewardRange is { } stated && (survey.Rewards.Minimum < stated.Low || survey.Rewards.Maximum > stated.High))
            throw new ArgumentException(FormattableString.Invariant($"the range of rewards {stated.Low} to {stated.High} does not hold the log's, {survey.Rewards.Minimum} to {survey.Rewards.Maximum}; state one that holds every reward there can be."), nameof(options));
        progress?.Report(0.2);
        var undefined = options.Estimators.Distinct().ToDictionary(estimator => estimator, estimator => EvidenceRules.WhyUndefined(estimator, log, survey));
        var computable = options.Estimators.Distinct().Where(estimator => undefined[estimator] is null).ToList();
        var candidates = Tune(log, survey, computable, options, cancellationToken);
        progress?.Report(0.4);
        var terms = computable.ToDictionary(estimator => estimator, estimator => new EstimatorTerms(candidates.TryGetValue(estimator, out var tried) ? ParameterGrid.Chosen(estimator, tried) : estimator, new TermScratch(), survey.Clusters));
        var replicates = Resample(log, survey, [.. computable.Select(estimator => terms[estimator])], options, progress, cancellationToken);
        var missingMass = survey.Pairs is null ? double.NaN : Support.MissingMass(log, survey.Pairs);
        var neverLogged = survey.Pairs is null || log.Target is null ? double.NaN : survey.Pairs.MassNeverLogged(log.Target, log.TargetRows);
        return new PolicyEvaluation
        {
            Weights = survey.Weights,
            MassWithoutSupport = missingMass,
            MassNeverLogged = neverLogged,
            Model = ModelSentence(log, survey),
            Clusters = survey.Clusters is { } clusters ? ClusterReport.Of(clusters.Sizes, clusters.Weights) : null,
            Logged = ReplicateEstimate.Percentile(survey.Rewards.Mean, replicates.Logged, options.Bootstrap.Level, Count(survey), "reward a round"),
            Estimates =
            [
                .. options.Estimators.Select(estimator => undefined[estimator] is { } reason
                    ? Undefined(estimator, reason)
                    : Estimate(terms[estimator], replicates.Estimates[computable.IndexOf(estimator)], replicates.Logged, survey, options, EvidenceRules.WhyRefused(terms[estimator], survey, options, missingMass, neverLogged), candidates.GetValueOrDefault(estimator) ?? [])),
            ],
            Warnings = [.. log.Warnings, .. EvidenceRules.Warnings(survey, options, missingMass, neverLogged)],
        };
    }

    private static Dictionary<PolicyEstimator, IReadOnlyList<ParameterCandidate>> Tune(BanditLog log, LogSurvey survey, List<PolicyEstimator> estimators, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        var scratch = new TermScratch();
        var grids = estimators.Where(estimator => estimator.IsTunable).Select(estimator => (Estimator: estimator, Terms: ParameterGrid.Of(estimator, survey, scratch))).ToList();
        if (grids.Count == 0) return [];
        foreach (var columns in RoundColumns.Walk(log, survey, cancellationToken))
            foreach (var term in grids.SelectMany(grid => grid.Terms)) term.Add(columns);
        return grids.ToDictionary(grid => grid.Estimator, grid => ParameterGrid.Choose(grid.Terms, options.Bootstrap.Level));
    }

    private static (double[] Logged, List<double[]> Estimates) Resample(BanditLog log, LogSurvey survey, List<EstimatorTerms> terms, OffPolicyOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // Column 0 is the reward itself, 1 the model's values; the estimators' own follow.
        var columnCount = 2 + terms.Sum(term => term.Columns.Length);
        var bootstrap = new PoissonBootstrap(columnCount, options.Bootstrap);
        var noValues = new double[BanditLog.BlockRounds];
        var clusters = survey.Clusters;
        double[] rewardSums = new double[clusters?.Count ?? 0], valueSums = new double[clusters?.Count ?? 0];
        long done = 0;
        foreach (var columns in RoundColumns.Walk(log, survey, cancellationToken))
        {
            foreach (var term in terms) term.Add(columns);
            if (clusters is null)
            {
                bootstrap.Add([columns.Rewards, columns.Values.Length == 0 ? noValues : columns.Values, .. terms.SelectMany(term => term.Columns)], columns.Count, cancellationToken);
            }
            else
            {
                EstimatorTerms.SumByCluster(columns.Clusters, columns.Rewards.AsSpan(0, columns.Count), rewardSums);
                if (columns.Values.Length > 0) EstimatorTerms.SumByCluster(columns.Clusters, columns.Values.AsSpan(0, columns.Count), valueSums);
            }

            progress?.Report(0.4 + (0.6 * (done += columns.Count) / survey.Weights.Rounds));
        }

        if (clusters is not null) bootstrap.AddClusters([rewardSums, valueSums, .. terms.SelectMany(term => term.ClusterColumns)], clusters.Sizes.ToArray(), cancellationToken);

        var estimates = new List<double[]>();
        var column = 2;
        foreach (var term in terms)
        {
            estimates.Add(term.Replicates(bootstrap, column, 1));
            column += term.Columns.Length;
        }

        var drawn = bootstrap.Drawn();
        return ([.. bootstrap.Sums(0).Select((sum, i) => sum / drawn[i])], estimates);
    }

    private static PolicyEstimate Estimate(
        EstimatorTerms terms, double[] replicates, double[] logged, LogSurvey survey, OffPolicyOptions options, List<string> missing, IReadOnlyList<ParameterCandidate> candidates)
    {
        var isSound = missing.Count == 0;
        var hasInterval = isSound && terms.Estimator.Rule != WeightRule.None;
        var level = options.Bootstrap.Level;
        var range = options.RewardRange is { } stated ? TermRange(terms, survey, stated) : terms.Moments.Maximum - terms.Moments.Minimum;
        return new PolicyEstimate
        {
            Estimator = terms.Estimator,
            Value = terms.Value,
            StandardError = terms.StandardError,
            Status = isSound ? EstimateStatus.Sound : EstimateStatus.Refused,
            Missing = missing,
            MeanWeightUsed = terms.MeanWeight,
            EffectiveSampleSize = terms.EffectiveSampleSize,
            Normal = hasInterval ? Around(terms, Distributions.NormalQuantile((1 + level) / 2) * terms.StandardError, level, survey) : null,
            Bootstrap = hasInterval ? ReplicateEstimate.Percentile(terms.Value, replicates, level, Count(survey), "reward a round") : null,
            Bernstein = hasInterval && !terms.Estimator.IsSelfNormalised && survey.Clusters is null ? Around(terms, EmpiricalBernstein.HalfWidth(terms.Moments.Variance, range, terms.Moments.Count, level), level, survey) : null,
            AgainstLog = hasInterval ? ReplicateEstimate.Percentile(terms.Value - survey.Rewards.Mean, [.. replicates.Select((replicate, i) => replicate - logged[i])], level, Count(survey), "reward a round") : null,
            Candidates = candidates,
        };
    }

    // The terms' range with rewards anywhere in theirs: 0 to the largest weight used, times the reward; a model moves within the range it was given.
    private static double TermRange(EstimatorTerms terms, LogSurvey survey, (double Low, double High) rewards)
    {
        var estimator = terms.Estimator;
        var largest = LargestUsed(estimator, (estimator.UsesCategories ? survey.Categories ?? survey.Weights : survey.Weights).MaximumWeight);
        var width = rewards.High - rewards.Low;
        return estimator.UsesModel ? width + (2 * largest * width) : Math.Max(rewards.High * largest, 0) - Math.Min(rewards.Low * largest, 0);
    }

    private static double LargestUsed(PolicyEstimator estimator, double weight) => estimator.Rule switch
    {
        WeightRule.Plain => weight,
        WeightRule.None => 0,
        WeightRule.Clipped or WeightRule.Switched => Math.Min(weight, estimator.Parameter),
        WeightRule.Subgaussian => weight == 0 ? 0 : weight / (1 - estimator.Parameter + (estimator.Parameter * weight)),
        // λw / (w² + λ) is greatest at w = √λ.
        WeightRule.Shrunken => Math.Min(weight, Math.Sqrt(estimator.Parameter) / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator.Rule, "Unknown rule."),
    };

    private static Estimate Around(EstimatorTerms terms, double half, double level, LogSurvey survey) => new()
    {
        Value = terms.Value,
        Low = terms.Value - half,
        High = terms.Value + half,
        StandardError = terms.StandardError,
        Level = level,
        Count = Count(survey),
        Unit = "reward a round",
    };

    private static PolicyEstimate Undefined(PolicyEstimator estimator, string reason) =>
        new() { Estimator = estimator, Value = double.NaN, StandardError = double.NaN, Status = EstimateStatus.Undefined, Missing = [reason] };

    private static string ModelSentence(BanditLog log, LogSurvey survey) =>
        log.HasModel ? "as the log brings it (q_hat)"
        : survey.Model is { } model ? FormattableString.Invariant($"shrunken means by context and action, {model.Folds} folds, strength {model.Strength:0}; squared error out of fold {(model.ErrorBesideMean < 0 ? $"{-model.ErrorBesideMean:0.###e+0} below" : "no less than")} the mean's alone")
        : "none";

    private static int Count(LogSurvey survey) => survey.Clusters?.Count ?? (int)Math.Min(int.MaxValue, survey.Weights.Rounds);
}
