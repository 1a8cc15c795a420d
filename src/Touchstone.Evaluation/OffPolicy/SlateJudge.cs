using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>What an estimator says of slates.</summary>
/// <param name="Estimator">The estimator.</param>
/// <param name="Value">Mean sum of slot rewards a slate; NaN where undefined.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="EffectiveSampleSize">(Σw)²/Σw² of its weights, the least over slots.</param>
/// <param name="Status">Whether it can be trusted.</param>
/// <param name="Missing">What is missing; empty where sound.</param>
/// <param name="Normal">Value ± z standard errors; null unless sound.</param>
/// <param name="Bootstrap">Percentile interval over replicates; null unless sound.</param>
public sealed record SlateEstimate(
    SlateEstimator Estimator, double Value, double StandardError, double EffectiveSampleSize, EstimateStatus Status, IReadOnlyList<string> Missing, Estimate? Normal, Estimate? Bootstrap);

/// <summary>What a log of slates says of a policy.</summary>
/// <param name="Weights">Weights of whole slates; null where the log has none.</param>
/// <param name="Logged">Mean reward a slate of the log itself.</param>
/// <param name="Estimates">An estimate an estimator.</param>
/// <param name="Clusters">Clusters of slates that are not independent; null where each slate stands for itself.</param>
public sealed record SlateEvaluation(WeightReport? Weights, Estimate Logged, IReadOnlyList<SlateEstimate> Estimates, ClusterReport? Clusters = null)
{
    /// <summary>Whether no estimate is sound.</summary>
    public bool IsRefused => Estimates.All(estimate => estimate.Status != EstimateStatus.Sound);

    /// <summary>What speaks against trusting the log, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Judges a policy of slates from another's log. Its columns lie in memory.</summary>
public static class SlateJudge
{
    private const string Unit = "reward a slate";

    /// <summary>Judges by several estimators.</summary>
    /// <param name="slates">The log.</param>
    /// <param name="estimators">In the order of the answer.</param>
    /// <param name="options">Intervals and when to refuse.</param>
    /// <param name="cancellationToken">Stops between estimators.</param>
    /// <exception cref="ArgumentException">No slates, or a probability or reward out of range.</exception>
    public static SlateEvaluation Judge(SlateRounds slates, IReadOnlyList<SlateEstimator> estimators, OffPolicyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(slates);
        ArgumentNullException.ThrowIfNull(estimators);
        ArgumentNullException.ThrowIfNull(options);
        if (slates.Count == 0) throw new ArgumentException("The log has no slates; a slot a line.", nameof(slates));
        RoundKernel.RequireFinite(slates.Rewards, "rewards");
        var plain = new double[slates.Rewards.Length];
        Array.Fill(plain, 1);
        var logged = SlateKernel.Terms(slates, SlateAssumption.Independent, plain);
        var clusters = SlateClusters.Of(slates);
        WeightReport? report = null;
        var sums = clusters?.Sizes;
        if (slates.PrefixPropensities.Length > 0)
        {
            var whole = SlateKernel.SlotWeights(slates, SlateAssumption.Whole);
            double[] weights = [.. Enumerable.Range(0, slates.Count).Select(slate => whole[slates.Starts[slate]])];
            var diagnostics = new WeightDiagnostics();
            diagnostics.Add(weights, logged, 0);
            report = diagnostics.Report();
            if (clusters is not null)
            {
                report = report with { MeanWeightStandardError = clusters.ErrorOfMean(weights, report.MeanWeight) };
                sums = clusters.Sums(SlateClusters.BySlate(slates, whole));
            }
        }

        var loggedReplicates = Means(logged, clusters, options, cancellationToken);
        return new SlateEvaluation(
            report,
            ReplicateEstimate.Percentile(logged.Average(), loggedReplicates, options.Bootstrap.Level, clusters?.Sizes.Length ?? slates.Count, Unit),
            [.. estimators.Select(estimator => Estimate(slates, estimator, clusters, options, cancellationToken))],
            clusters is null ? null : ClusterReport.Of(clusters.Sizes, sums))
        {
            Warnings = slates.Warnings,
        };
    }

    private static SlateEstimate Estimate(SlateRounds slates, SlateEstimator estimator, SlateClusters? clusters, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        if (WhyUndefined(slates, estimator) is { } reason) return new SlateEstimate(estimator, double.NaN, double.NaN, double.NaN, EstimateStatus.Undefined, [reason], null, null);
        var weights = SlateKernel.SlotWeights(slates, estimator.Assumption);
        var (bySlot, size) = BySlot(slates, weights);
        if (estimator.IsSelfNormalised && bySlot.Any(slot => slot.Weight == 0))
            return new SlateEstimate(estimator, double.NaN, double.NaN, 0, EstimateStatus.Undefined, [$"{estimator.Name} divides by the sum of a slot's weights, and one is 0: the judged policy never shows what the log showed there."], null, null);
        var missing = new List<string>();
        if (!(size >= options.MinimumEffectiveSampleSize))
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"{slates.Count:#,##0} slates say of the judged policy what {size:0.#} of its own would, fewer than {options.MinimumEffectiveSampleSize:0.#}: log more, or judge a policy nearer to the log's."));
        if (clusters is not null && ClusterErrors.Effective(clusters.Sums(SlateClusters.BySlate(slates, weights))) is var effective && effective < options.MinimumEffectiveSampleSize)
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"{clusters.Sizes.Length:#,##0} clusters (shoppers) say as much as {effective:0.#} of equal weight, fewer than {options.MinimumEffectiveSampleSize:0.#}, and their slates are not independent: log more shoppers."));
        double[] terms;
        double value, error;
        double[] replicates;
        if (estimator.IsSelfNormalised)
        {
            value = bySlot.Sum(slot => slot.Share * slot.Reward / slot.Weight);
            terms = Influences(slates, weights, bySlot);
            // The influences' mean is 0 by construction, so their squares are summed about 0 and over n, as for rounds.
            error = Math.Sqrt((clusters?.Sums(terms) ?? terms).Sum(term => term * term)) / terms.Length;
            replicates = SelfNormalised(slates, weights, bySlot.Length, clusters, options, cancellationToken);
        }
        else
        {
            terms = SlateKernel.Terms(slates, estimator.Assumption, weights);
            var moments = new MeanMoments();
            moments.Add(terms);
            (value, error) = (moments.Mean, clusters?.ErrorOfMean(terms, moments.Mean) ?? moments.StandardError);
            replicates = Means(terms, clusters, options, cancellationToken);
        }

        var (isSound, count) = (missing.Count == 0, clusters?.Sizes.Length ?? slates.Count);
        var half = Distributions.NormalQuantile((1 + options.Bootstrap.Level) / 2) * error;
        return new SlateEstimate(
            estimator,
            value,
            error,
            size,
            isSound ? EstimateStatus.Sound : EstimateStatus.Refused,
            missing,
            isSound ? new Estimate { Value = value, Low = value - half, High = value + half, StandardError = error, Level = options.Bootstrap.Level, Count = count, Unit = Unit } : null,
            isSound ? ReplicateEstimate.Percentile(value, replicates, options.Bootstrap.Level, count, Unit) : null);
    }

    private static string? WhyUndefined(SlateRounds slates, SlateEstimator estimator) => estimator.Assumption switch
    {
        SlateAssumption.Independent when slates.SlotPropensities.Length == 0 || slates.SlotTargets.Length == 0 =>
            $"{estimator.Name} needs the probability of each slot's own action under both policies: the columns propensity_slot and target_slot.",
        SlateAssumption.Additive when slates.PseudoInverseWeights.Length == 0 && (slates.SlotPropensities.Length == 0 || slates.SlotTargets.Length == 0) =>
            $"{estimator.Name} needs the columns propensity_slot and target_slot (policies that fill slots independently), or pseudo_inverse_weight.",
        SlateAssumption.Whole or SlateAssumption.Cascade or SlateAssumption.CascadeModel when slates.PrefixPropensities.Length == 0 || slates.PrefixTargets.Length == 0 =>
            $"{estimator.Name} needs the probability of the slate down to each slot under both policies: the columns propensity_prefix and target_prefix.",
        SlateAssumption.CascadeModel when slates.ModelledRewards.Length == 0 || slates.ModelledValues.Length == 0 =>
            $"{estimator.Name} needs a reward model: the columns q_hat (of the shown action) and q_hat_target (expected under the judged policy, given the slots above).",
        _ => null,
    };

    /// <summary>Mean reward and weight a slot, the share of slates that have it, and the least effective sample size.</summary>
    private static ((double Share, double Reward, double Weight)[] Slots, double Size) BySlot(SlateRounds slates, double[] weights)
    {
        var slotCount = Enumerable.Range(0, slates.Count).Max(slate => slates.Starts[slate + 1] - slates.Starts[slate]);
        var (counts, rewards, sums, squares) = (new double[slotCount], new double[slotCount], new double[slotCount], new double[slotCount]);
        for (var slate = 0; slate < slates.Count; slate++)
        {
            for (var at = slates.Starts[slate]; at < slates.Starts[slate + 1]; at++)
            {
                var slot = at - slates.Starts[slate];
                counts[slot]++;
                rewards[slot] += weights[at] * slates.Rewards[at];
                sums[slot] += weights[at];
                squares[slot] += weights[at] * weights[at];
            }
        }

        var size = Enumerable.Range(0, slotCount).Min(slot => squares[slot] == 0 ? 0 : sums[slot] * sums[slot] / squares[slot]);
        return ([.. Enumerable.Range(0, slotCount).Select(slot => (counts[slot] / slates.Count, rewards[slot] / counts[slot], sums[slot] / counts[slot]))], size);
    }

    private static double[] Influences(SlateRounds slates, double[] weights, (double Share, double Reward, double Weight)[] bySlot)
    {
        var terms = new double[slates.Count];
        for (var slate = 0; slate < slates.Count; slate++)
        {
            for (var at = slates.Starts[slate]; at < slates.Starts[slate + 1]; at++)
            {
                var (_, reward, weight) = bySlot[at - slates.Starts[slate]];
                terms[slate] += weights[at] * (slates.Rewards[at] - (reward / weight)) / weight;
            }

            // How many slates have a slot is chance too: (has it − share) R / W.
            for (var slot = 0; slot < bySlot.Length; slot++)
            {
                var (share, reward, weight) = bySlot[slot];
                terms[slate] += ((slot < slates.Starts[slate + 1] - slates.Starts[slate] ? 1 : 0) - share) * (reward / weight);
            }
        }

        return terms;
    }

    private static double[] Means(double[] terms, SlateClusters? clusters, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        var bootstrap = Drawn([terms], clusters, options, cancellationToken);
        var drawn = bootstrap.Drawn();
        return [.. bootstrap.Sums(0).Select((sum, i) => sum / drawn[i])];
    }

    private static double[] SelfNormalised(SlateRounds slates, double[] weights, int slotCount, SlateClusters? clusters, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        var columns = Enumerable.Range(0, 3 * slotCount).Select(_ => new double[slates.Count]).ToArray();
        for (var slate = 0; slate < slates.Count; slate++)
        {
            for (var at = slates.Starts[slate]; at < slates.Starts[slate + 1]; at++)
            {
                var slot = at - slates.Starts[slate];
                columns[3 * slot][slate] = weights[at] * slates.Rewards[at];
                columns[(3 * slot) + 1][slate] = weights[at];
                columns[(3 * slot) + 2][slate] = 1;
            }
        }

        var bootstrap = Drawn(columns, clusters, options, cancellationToken);
        var (drawn, replicates) = (bootstrap.Drawn(), new double[options.Bootstrap.Replicates]);
        for (var slot = 0; slot < slotCount; slot++)
        {
            var (rewards, sums, counts) = (bootstrap.Sums(3 * slot), bootstrap.Sums((3 * slot) + 1), bootstrap.Sums((3 * slot) + 2));
            for (var i = 0; i < replicates.Length; i++) replicates[i] += counts[i] == 0 ? 0 : counts[i] / drawn[i] * (rewards[i] / sums[i]);
        }

        return replicates;
    }

    private static PoissonBootstrap Drawn(double[][] columns, SlateClusters? clusters, OffPolicyOptions options, CancellationToken cancellationToken)
    {
        var bootstrap = new PoissonBootstrap(columns.Length, options.Bootstrap);
        if (clusters is null) bootstrap.Add(columns, columns[0].Length, cancellationToken);
        else bootstrap.AddClusters([.. columns.Select(clusters.Sums)], clusters.Sizes, cancellationToken);
        return bootstrap;
    }
}
