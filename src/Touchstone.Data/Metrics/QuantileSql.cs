using System.Globalization;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Quantiles over events inside the engine, with what their error needs. The engine holds the values of one variant while it looks for its quantiles.</summary>
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
            var where = $"FROM {events} WHERE CAST(variant AS VARCHAR) = {DuckDatabase.Literal(name)}";
            var at = engine.Query($"SELECT {engine.Quantile("value", Plain(probability))}, {engine.Quantile("value", Plain(lower))}, {engine.Quantile("value", Plain(upper))} {where}")
                .Select(row => (Value: row.Real(0), Lower: row.Real(1), Upper: row.Real(2))).First();
            var quantile = new VariantQuantile { Variant = name, Probability = probability, Events = count, Units = count, Value = at.Value, Lower = at.Lower, Upper = at.Upper, ClusterFactor = 1 };
            found.Add(hasUnits ? Clustered(engine, quantile, where) : quantile);
        }

        return [.. found.OrderBy(quantile => quantile.Variant, StringComparer.Ordinal)];
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

    private static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
