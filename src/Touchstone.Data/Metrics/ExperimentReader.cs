using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Reads an experiment's file and returns its moments: the engine sees the rows, we see counts, means and centred products.</summary>
public static class ExperimentReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="query">File and columns.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    /// <exception cref="SourceException">The file, a column or a value is at fault (names it, with its row).</exception>
    public static ExperimentMoments Read(ExperimentQuery query, Func<double, long, (double Lower, double Upper)> bracket)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(bracket);
        var scratch = Directory.CreateTempSubdirectory("touchstone-");
        try
        {
            var database = DuckDatabase.File(":memory:", scratch.FullName, query.Memory, query.Threads);
            using var engine = new DuckEngine(database, "");
            return Read(engine, database, DataRelation.Open(database, query.File), query, bracket);
        }
        catch (WarehouseException fault) when (TextTable.Told(fault) is SourceException told)
        {
            throw told;
        }
        finally
        {
            scratch.Delete(true);
        }
    }

    private static ExperimentMoments Read(DuckEngine engine, DuckDatabase database, DataRelation relation, ExperimentQuery query, Func<double, long, (double Lower, double Upper)> bracket)
    {
        var table = UnitTable.Make(database, relation, query);
        var caps = new SortedDictionary<string, UsedCap>(StringComparer.Ordinal);
        foreach (var metric in query.Metrics.Where(metric => !double.IsNaN(metric.CapQuantile)))
            caps[metric.Name] = UnitCaps.Apply(engine, UnitTable.Column(table.Names.IndexOf(metric.Name)), metric);
        var segments = MomentSql.Of(engine, table.Names, MomentPairs.Of(query.Metrics, query.Covariates, table.Names));
        if (segments.Count == 0) throw new SourceException(relation.File, 0, $"has no row with a value in column \"{query.Variant}\": there is no experiment in it.");
        var quantiles = new SortedDictionary<string, IReadOnlyList<VariantQuantile>>(StringComparer.Ordinal);
        foreach (var metric in query.Metrics.Where(metric => metric.Kind == MetricKind.Quantile))
            quantiles[metric.Name] = QuantileSql.Of(engine, Events(database, relation, query, metric, table.HasExcludedUnits), metric.Probability, query.Unit is not null, bracket);
        var arms = MomentSql.Arms(segments);
        table.Hygiene.Insert(1, new HygieneCount("units", arms.Sum(arm => arm.Count), "units analysed"));
        return new ExperimentMoments { Segments = segments, Arms = arms, Quantiles = quantiles, Caps = caps, Hygiene = table.Hygiene };
    }

    /// <summary>Events of a quantile metric: a row without a value is no event of it.</summary>
    private static string Events(DuckDatabase database, DataRelation relation, ExperimentQuery query, ExperimentMetric metric, bool hasExcluded)
    {
        var variant = relation.Key(query.Variant);
        var unit = query.Unit is null ? null : relation.Key(query.Unit);
        var kept = unit is null ? "" : $" AND {unit} IS NOT NULL{(hasExcluded ? $" AND {unit} NOT IN (SELECT unit FROM excluded)" : "")}";
        var events = $"(SELECT {variant} AS variant, {unit ?? "NULL"} AS unit, {relation.Number(metric.Column, "NULL")} AS value FROM {relation.Sql} WHERE {variant} IS NOT NULL{kept} AND {relation.Text(metric.Column)} IS NOT NULL) q";
        if (database.Count($"SELECT count(*) FROM {events} WHERE NOT coalesce(isfinite(value), false)") is > 0 and var bad)
            throw new SourceException(relation.File, 0, $"has {bad} values in column \"{metric.Column}\" that are not finite numbers; correct them, or leave the cell empty where there was no event.");
        return events;
    }
}
