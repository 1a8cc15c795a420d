using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>How a policy is judged from a log.</summary>
public sealed record OffPolicyOptions
{
    /// <summary>Estimators, in the order of the answer.</summary>
    public IReadOnlyList<PolicyEstimator> Estimators { get; init; } = [.. s_defaults.Select(PolicyEstimator.Parse)];

    /// <summary>Replicates, level, seed, threads.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new() { Replicates = 1000 };

    /// <summary>Effective sample size below which importance weighting is refused.</summary>
    public double MinimumEffectiveSampleSize { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MinimumEffectiveSampleSize counts from 0."); } = 30;

    /// <summary>Folds of the reward model.</summary>
    public int Folds { get; init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Folds count from 2."); } = 5;

    /// <summary>Least and greatest reward that there can be; null to take the log's own, with a warning.</summary>
    public (double Low, double High)? RewardRange
    {
        get;
        init => field = value is null || value.Value.Low < value.Value.High ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "RewardRange needs its low end below its high end.");
    }

    private static readonly string[] s_defaults = ["ips", "snips", "clipped_ips", "dm", "dr", "sndr", "switch_dr", "dros"];
}
