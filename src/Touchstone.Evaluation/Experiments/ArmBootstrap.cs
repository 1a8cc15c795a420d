using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Bootstrap of two independent arms: units are drawn with replacement within each arm (Efron and Tibshirani 1993, ch. 8). Bit-identical at any number of threads.</summary>
public static class ArmBootstrap
{
    /// <summary>Mean of one arm with its percentile interval.</summary>
    /// <param name="values">[unit] values, finite.</param>
    /// <param name="options">Replicates, level, seed.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    public static Estimate Mean(double[] values, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(options);
        var sums = PairedBootstrap.Resample([values], options, cancellationToken);
        double[] replicates = [.. sums.Replicates[0].Select(sum => sum / values.Length)];
        return ReplicateEstimate.Percentile(sums.Totals[0] / values.Length, replicates, options.Level, values.Length);
    }

    /// <summary>Treatment − control of means with its percentile interval.</summary>
    /// <param name="control">[unit] values, finite.</param>
    /// <param name="treatment">[unit] values, finite.</param>
    /// <param name="options">Replicates, level, seed.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    public static Estimate Difference(double[] control, double[] treatment, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(options);
        var left = PairedBootstrap.Resample([control], options with { Seed = options.Seed.For("control") }, cancellationToken);
        var right = PairedBootstrap.Resample([treatment], options with { Seed = options.Seed.For("treatment") }, cancellationToken);
        double[] replicates = [.. right.Replicates[0].Zip(left.Replicates[0], (t, c) => (t / treatment.Length) - (c / control.Length))];
        return ReplicateEstimate.Percentile((right.Totals[0] / treatment.Length) - (left.Totals[0] / control.Length), replicates, options.Level, control.Length + treatment.Length);
    }
}
