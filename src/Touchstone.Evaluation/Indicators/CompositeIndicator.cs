using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Indicators;

/// <summary>A figure that indicators are compared with.</summary>
/// <param name="Value">The figure then.</param>
/// <param name="StandardError">Its standard error; NaN where not known.</param>
public readonly record struct ReferenceFigure(double Value, double StandardError);

/// <summary>One indicator's part of the composite.</summary>
/// <param name="Name">Indicator.</param>
/// <param name="Weight">Weight, summing to 1 over all parts.</param>
/// <param name="Change">Relative change against the reference, good side positive.</param>
public sealed record CompositePart(string Name, double Weight, double Change);

/// <summary>Weighted mean of the indicators' relative changes.</summary>
/// <param name="Change">Mean relative change, good side positive, with its interval.</param>
/// <param name="Parts">What it is made of.</param>
/// <param name="LeftOut">Weighted indicators that could not be compared; the others' weights were scaled up.</param>
public sealed record CompositeOutcome(Estimate Change, IReadOnlyList<CompositePart> Parts, IReadOnlyList<string> LeftOut);

/// <summary>
/// One figure from many: Σ weight × direction × (now − then) / |then|. Its uncertainty comes from the same resampled shoppers for all
/// indicators, so that their correlations count, and from the reference's standard errors, taken as independent. A convenience: money decides.
/// </summary>
public static class CompositeIndicator
{
    /// <summary>Composes.</summary>
    /// <param name="values">Indicators now.</param>
    /// <param name="reference">Indicators then, by name.</param>
    /// <param name="weights">Weights by name, at least 0.</param>
    /// <param name="options">The options of the indicators' replicates; its seed also draws the reference.</param>
    /// <exception cref="ArgumentException">An unknown name, a negative weight, an indicator without a good side, or nothing left to compare (names it).</exception>
    public static CompositeOutcome Of(
        IReadOnlyList<IndicatorValue> values, IReadOnlyDictionary<string, ReferenceFigure> reference, IReadOnlyDictionary<string, double> weights, BootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(options);
        List<(IndicatorValue Value, double Figure, ReferenceFigure Then, double Weight)> used = [];
        List<string> leftOut = [];
        foreach (var (name, weight) in weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var definition = IndicatorCatalogue.Find(name) ?? throw new ArgumentException($"There is no indicator \"{name}\".", nameof(weights));
            if (!(weight >= 0) || !double.IsFinite(weight)) throw new ArgumentException($"The weight of {name} is {weight}; expected a number from 0.", nameof(weights));
            if (definition.Direction == IndicatorDirection.Neither) throw new ArgumentException($"{name} has no good side: it cannot be weighted.", nameof(weights));
            var value = values.FirstOrDefault(value => value.Definition.Name == name);
            if (value?.Figure is { } figure && reference.TryGetValue(name, out var then) && double.IsFinite(then.Value) && then.Value != 0) used.Add((value, figure.Value, then, weight));
            else leftOut.Add(name);
        }

        var total = used.Sum(entry => entry.Weight);
        if (!(total > 0)) throw new ArgumentException("No weighted indicator has both a figure and a reference: there is nothing to compose.", nameof(weights));
        var replicates = new double[options.Replicates];
        List<CompositePart> parts = [];
        foreach (var (value, figure, then, weight) in used)
        {
            var sign = value.Definition.Direction == IndicatorDirection.Higher ? 1 : -1;
            parts.Add(new CompositePart(value.Definition.Name, weight / total, sign * (figure - then.Value) / Math.Abs(then.Value)));
            var seed = options.Seed.For("composite/" + value.Definition.Name);
            for (var i = 0; i < replicates.Length; i++)
            {
                var past = double.IsNaN(then.StandardError) ? then.Value : then.Value + (then.StandardError * seed.For("reference", i).NewRandom().NextNormal());
                var now = value.Replicates.Length == 0 ? figure : value.Replicates[i];
                replicates[i] += weight / total * sign * (now - past) / Math.Abs(past);
            }
        }

        var change = parts.Sum(part => part.Weight * part.Change);
        return new CompositeOutcome(ReplicateEstimate.Percentile(change, replicates, options.Level, used.Max(entry => entry.Value.Figure?.Count ?? 0), "share"), parts, leftOut);
    }
}
