using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Which pairs of values statistics need the products of.</summary>
internal static class MomentPairs
{
    /// <summary>Each value with itself, a numerator with its denominator, both with the covariates, those among themselves.</summary>
    public static SortedSet<(int Left, int Right)> Of(IReadOnlyList<ExperimentMetric> metrics, IReadOnlyList<string> covariates, IReadOnlyList<string> names)
    {
        var places = names.Select((name, i) => (name, i)).ToDictionary(entry => entry.name, entry => entry.i, StringComparer.Ordinal);
        int[] adjusting = [.. covariates.Select(covariate => places[ExperimentQuery.CovariateName(covariate)])];
        var pairs = new SortedSet<(int, int)>();
        void Add(int a, int b) => pairs.Add((Math.Min(a, b), Math.Max(a, b)));
        foreach (var left in adjusting)
            foreach (var right in adjusting) Add(left, right);
        foreach (var metric in metrics.Where(metric => metric.Kind != MetricKind.Quantile))
        {
            int[] own = metric.Kind == MetricKind.Ratio ? [places[metric.Name], places[metric.DenominatorName]] : [places[metric.Name]];
            foreach (var value in own)
            {
                foreach (var other in own) Add(value, other);
                foreach (var covariate in adjusting) Add(value, covariate);
            }
        }

        return pairs;
    }
}
