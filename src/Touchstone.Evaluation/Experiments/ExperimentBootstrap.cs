using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Evaluation.Experiments;

/// <summary>
/// Bootstrap over an experiment's units as they stream by: each replicate takes each unit a Poisson(1) number of times, arms by themselves
/// (Chamandy et al. 2012), so memory is that of the replicates whatever the number of units. The same units give the same bits at any number
/// of threads.
/// </summary>
/// <param name="options">Replicates, level, seed.</param>
public sealed class ExperimentBootstrap(BootstrapOptions options)
{
    private readonly SortedDictionary<string, ArmSums> _arms = new(StringComparer.Ordinal);

    /// <summary>Replicates, level, seed.</summary>
    public BootstrapOptions Options { get; } = options;

    /// <summary>Takes a block of units into every replicate of its arm.</summary>
    /// <param name="block">Finite values.</param>
    public void Add(UnitBlock block)
    {
        if (block.Count == 0) return;
        if (!_arms.TryGetValue(block.Variant, out var arm))
            _arms.Add(block.Variant, arm = new ArmSums(block, new PoissonBootstrap(block.Columns.Count, Options with { Seed = Options.Seed.For("arm " + block.Variant) })));
        arm.Add(block);
    }

    /// <summary>Percentile intervals (Efron and Tibshirani 1993, ch. 13) of difference and lift; null for an arm that was not seen, or for a quantile.</summary>
    /// <param name="compared">The metric of an arm, with its point figures and θ.</param>
    /// <param name="control">Name of control.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="covariates">Columns adjusted by; θ is taken as it is.</param>
    internal (Estimate Difference, Estimate Lift)? Of(ComparedArm compared, string control, IReadOnlyList<string> columns, IReadOnlyList<string> covariates)
    {
        if (compared.Metric.Kind == MetricKind.Quantile || !_arms.TryGetValue(control, out var left) || !_arms.TryGetValue(compared.Variant, out var right)) return null;
        var at = columns.ToList();
        var (numerator, denominator) = (at.IndexOf(compared.Metric.Name), compared.Metric.Kind == MetricKind.Ratio ? at.IndexOf(compared.Metric.DenominatorName) : -1);
        var (plain, treated) = (left.Figures(numerator, denominator), right.Figures(numerator, denominator));
        double[] difference = [.. treated.Zip(plain, (t, c) => t - c)];
        for (var covariate = 0; covariate < compared.Theta.Length; covariate++)
        {
            var (theta, column) = (compared.Theta[covariate], at.IndexOf(covariates[covariate]));
            var (before, after) = (left.Figures(column, -1), right.Figures(column, -1));
            for (var i = 0; i < difference.Length; i++) difference[i] -= theta * (after[i] - before[i]);
        }

        double[] lift = [.. difference.Zip(plain, (d, c) => c == 0 ? double.NaN : d / Math.Abs(c))];
        var units = (int)Math.Min(int.MaxValue, left.Units + right.Units);
        return (ReplicateEstimate.Percentile(compared.Difference.Value, difference, Options.Level, units), ReplicateEstimate.Percentile(compared.Lift.Value, lift, Options.Level, units));
    }

    /// <summary>Sums of one arm, taken about its first unit so that a large common part of the values does not cancel.</summary>
    private sealed class ArmSums
    {
        private readonly PoissonBootstrap _sums;
        private readonly double[] _origin;
        private readonly double[][] _shifted;

        public ArmSums(UnitBlock first, PoissonBootstrap sums)
        {
            _sums = sums;
            _origin = [.. first.Columns.Select(column => column[0])];
            _shifted = [.. first.Columns.Select(_ => new double[UnitBlock.Length])];
        }

        public long Units { get; private set; }

        public void Add(UnitBlock block)
        {
            for (var column = 0; column < _origin.Length; column++)
                for (var i = 0; i < block.Count; i++) _shifted[column][i] = block.Columns[column][i] - _origin[column];
            _sums.Add(_shifted, block.Count);
            Units += block.Count;
        }

        /// <summary>[replicate] mean of a column, or of one over another's; NaN where a replicate has no unit, or no denominator.</summary>
        public double[] Figures(int numerator, int denominator)
        {
            var drawn = _sums.Drawn();
            double[] Means(int column) => [.. _sums.Sums(column).Zip(drawn, (sum, units) => units == 0 ? double.NaN : _origin[column] + (sum / units))];
            return denominator < 0 ? Means(numerator) : [.. Means(numerator).Zip(Means(denominator), (above, below) => below == 0 ? double.NaN : above / below)];
        }
    }
}
