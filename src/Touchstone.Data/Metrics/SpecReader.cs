using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Runs a specification against a workspace's files (DuckDB) or a PostgreSQL database and returns its moments.</summary>
public static class SpecReader
{
    /// <summary>Reads files.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="folder">Folder that sources are named from.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    public static ExperimentMoments FromFiles(ExperimentSpec spec, string folder, Func<double, long, (double Lower, double Upper)> bracket)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var scratch = Directory.CreateTempSubdirectory("touchstone-");
        try
        {
            using var engine = new DuckEngine(DuckDatabase.File(":memory:", scratch.FullName), folder);
            engine.Execute($"SET TimeZone = {DuckDatabase.Literal(spec.TimeZone)}");
            return Read(engine, spec, bracket);
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

    /// <summary>Reads tables. The database is only read, but for temporary tables that end with the connection.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    public static ExperimentMoments FromPostgres(ExperimentSpec spec, string connection, Func<double, long, (double Lower, double Upper)> bracket)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using var engine = new PostgresEngine(connection, spec.TimeZone);
        return Read(engine, spec, bracket);
    }

    private static ExperimentMoments Read(ISqlEngine engine, ExperimentSpec spec, Func<double, long, (double Lower, double Upper)> bracket)
    {
        ArgumentNullException.ThrowIfNull(bracket);
        var units = new SpecUnits(engine, spec);
        units.Make();
        var metrics = spec.Metrics.Select(metric => metric.Metric).ToList();
        var caps = new SortedDictionary<string, UsedCap>(StringComparer.Ordinal);
        foreach (var metric in metrics.Where(metric => !double.IsNaN(metric.CapQuantile)))
            caps[metric.Name] = UnitCaps.Apply(engine, UnitTable.Column(units.Names.ToList().IndexOf(metric.Name)), metric);
        var segments = MomentSql.Of(engine, units.Names, MomentPairs.Of(metrics, [.. spec.Covariates.Select(covariate => covariate.Name)], units.Names));
        if (segments.Count == 0) throw new SourceException(spec.Exposures.Source, 0, "has no exposure that can be used: there is no experiment in it.");
        var quantiles = new SortedDictionary<string, IReadOnlyList<VariantQuantile>>(StringComparer.Ordinal);
        foreach (var metric in spec.Metrics.Where(metric => metric.Metric.Kind == MetricKind.Quantile))
            quantiles[metric.Metric.Name] = QuantileSql.Of(engine, units.EventsOf(metric), metric.Metric.Probability, true, bracket);
        var arms = MomentSql.Arms(segments);
        units.Hygiene.Insert(1, new HygieneCount("units", arms.Sum(arm => arm.Count), "units analysed"));
        return new ExperimentMoments { Segments = segments, Arms = arms, Quantiles = quantiles, Caps = caps, Hygiene = units.Hygiene };
    }
}
