using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Runs a specification against files and facts of a workspace (DuckDB), PostgreSQL or ClickHouse and returns its moments.</summary>
public static class SpecReader
{
    /// <summary>Reads files, and where the folder is a workspace its facts; nothing in it is written.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="folder">Folder that sources are named from.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    /// <param name="eventBatches">Batches that <c>facts.events</c> are: those the last ingest named, without what it replaced; null for all.</param>
    /// <param name="sink">Told every unit, for a bootstrap; null where nobody wants them.</param>
    /// <exception cref="SourceException">A source, a column or a value is at fault (says where and how to mend it).</exception>
    public static ExperimentMoments FromFiles(
        ExperimentSpec spec, string folder, Func<double, long, (double Lower, double Upper)> bracket, IReadOnlyCollection<string>? eventBatches = null, Action<UnitBlock>? sink = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return MomentReader.InScratch("2GB", 2, (database, scratch) =>
        {
            database.Execute($"SET TimeZone = {DuckDatabase.Literal(spec.TimeZone)}");
            return Read(new DuckEngine(database, folder, scratch, new WorkspaceFacts(database, folder, scratch, eventBatches)), spec, bracket, sink);
        });
    }

    /// <summary>Reads tables. The database is only read, but for temporary tables that end with the connection.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="connection">As Npgsql takes it.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    /// <param name="sink">Told every unit, for a bootstrap; null where nobody wants them.</param>
    public static ExperimentMoments FromPostgres(ExperimentSpec spec, string connection, Func<double, long, (double Lower, double Upper)> bracket, Action<UnitBlock>? sink = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using var engine = new PostgresEngine(connection, spec.TimeZone);
        return Read(engine, spec, bracket, sink);
    }

    /// <summary>Reads tables of ClickHouse. The database is only read, but for temporary tables that end with the session.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="connection">As ClickHouse.Driver takes it.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    /// <param name="sink">Told every unit, for a bootstrap; null where nobody wants them.</param>
    public static ExperimentMoments FromClickHouse(ExperimentSpec spec, string connection, Func<double, long, (double Lower, double Upper)> bracket, Action<UnitBlock>? sink = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        using var engine = new ClickHouseEngine(connection, spec.TimeZone);
        return Read(engine, spec, bracket, sink);
    }

    private static ExperimentMoments Read(ISqlEngine engine, ExperimentSpec spec, Func<double, long, (double Lower, double Upper)> bracket, Action<UnitBlock>? sink)
    {
        ArgumentNullException.ThrowIfNull(bracket);
        var units = new SpecUnits(engine, spec);
        units.Make();
        var reader = new MomentReader
        {
            Engine = engine,
            Names = units.Names,
            Hygiene = units.Hygiene,
            Metrics = [.. spec.Metrics.Select(metric => metric.Metric)],
            Covariates = [.. spec.Covariates.Select(covariate => covariate.Name)],
            HasUnits = true,
            EventsOf = metric => units.EventsOf(spec.Metrics.First(entry => entry.Metric.Name == metric.Name)),
            Bracket = bracket,
            Units = sink,
        };
        var moments = reader.Read(() => new SourceException(spec.Exposures.Source, 0, "has no exposure that can be used: there is no experiment in it."));
        return moments with { Daily = units.Daily() };
    }
}
