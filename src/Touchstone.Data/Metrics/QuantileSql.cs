using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>
/// Quantiles over events inside the engine, with what their error needs. They are taken by their places among the sorted values, which an
/// engine sorts on disk where memory does not hold them; its own quantile functions keep all values at once.
/// </summary>
internal static class QuantileSql
{
    /// <summary>[variant] quantiles, ordinal by variant.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="events">Relation of events with <c>variant</c>, <c>unit</c> and a finite <c>value</c>.</param>
    /// <param name="probability">Which quantile.</param>
    /// <param name="hasUnits">Whether events belong to units, and hang together by them.</param>
    /// <param name="bracket">Probabilities around the quantile for a number of events.</param>
    public static IReadOnlyList<VariantQuantile> Of(ISqlEngine engine, string events, double probability, bool hasUnits, Func<double, long, (double Lower, double Upper)> bracket)
    {
        List<VariantQuantile> found = [];
        foreach (var (name, count) in engine.Query($"SELECT CAST(variant AS VARCHAR), count(*) FROM {events} GROUP BY variant").Select(row => (row.Text(0), row.Whole(1))).ToList())
        {
            var (lower, upper) = bracket(probability, count);
            var where = $"FROM {events} WHERE CAST(variant AS VARCHAR) = {engine.Literal(name)}";
            var at = At(engine, "value", where, count, [probability, lower, upper]);
            var quantile = new VariantQuantile { Variant = name, Probability = probability, Events = count, Units = count, Value = at[0], Lower = at[1], Upper = at[2], ClusterFactor = 1 };
            found.Add(hasUnits ? Clustered(engine, quantile, where) : quantile);
        }

        return [.. found.OrderBy(quantile => quantile.Variant, StringComparer.Ordinal)];
    }

    /// <summary>[probability] type-7 quantiles (Hyndman and Fan 1996): between the sorted values at both sides of (count − 1) p.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="column">Column of finite doubles.</param>
    /// <param name="where">FROM and WHERE of its rows.</param>
    /// <param name="count">How many rows there are, at least 1.</param>
    /// <param name="probabilities">[probability] in [0, 1].</param>
    public static double[] At(ISqlEngine engine, string column, string where, long count, double[] probabilities)
    {
        // Places count from 1.
        (long Below, long Above, double Share) Place(double probability)
        {
            var below = (long)Math.Floor((count - 1) * probability);
            return (below + 1, Math.Min(below + 2, count), ((count - 1) * probability) - below);
        }

        var places = Array.ConvertAll(probabilities, Place);
        var wanted = string.Join(", ", places.SelectMany(place => (long[])[place.Below, place.Above]).Distinct().Order().Select(place => place.ToString(CultureInfo.InvariantCulture)));
        var sorted = new Dictionary<long, double>();
        foreach (var row in engine.Query($"SELECT place, v FROM (SELECT {column} AS v, row_number() OVER (ORDER BY {column}) AS place {where}) r WHERE place IN ({wanted})")) sorted[row.Whole(0)] = row.Real(1);
        return Array.ConvertAll(places, place => sorted[place.Below] + (place.Share * (sorted[place.Above] - sorted[place.Below])));
    }

    private static VariantQuantile Clustered(ISqlEngine engine, VariantQuantile quantile, string where)
    {
        // Linearised share of events at or below the quantile: each unit's Σ (indicator − share), centred by construction.
        var inner = $"(SELECT sum(CASE WHEN value <= {SpecSql.Number(quantile.Value)} THEN {SpecSql.Number(1)} ELSE {SpecSql.Number(0)} END) AS b, CAST(count(*) AS double precision) AS e {where} GROUP BY unit) c";
        var (units, below) = engine.Query($"SELECT count(*), sum(b) FROM {inner}").Select(row => (row.Whole(0), row.Real(1))).First();
        var share = SpecSql.Number(below / quantile.Events);
        var square = engine.Query($"SELECT {engine.Sum($"(b - {share} * e) * (b - {share} * e)")} FROM {inner}").Select(row => row.Real(0)).First();
        // Delta method: var(b − share e)/(mean e)²/units; over p(1 − p)/events.
        var meanEvents = (double)quantile.Events / units;
        var variance = units < 2 ? double.NaN : square / (units - 1) / (meanEvents * meanEvents) / units;
        return quantile with { Units = units, ClusterFactor = variance / (quantile.Probability * (1 - quantile.Probability) / quantile.Events) };
    }
}
