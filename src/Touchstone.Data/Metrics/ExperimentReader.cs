using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Reads an experiment's file and returns its moments: the engine sees the rows, we see counts, means and centred products.</summary>
public static class ExperimentReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="query">File and columns.</param>
    /// <param name="bracket">Probabilities around a quantile for a number of events (from Evaluation).</param>
    /// <param name="units">Told every unit, for a bootstrap; null where nobody wants them.</param>
    /// <exception cref="SourceException">The file, a column or a value is at fault (names it, with its row).</exception>
    public static ExperimentMoments Read(ExperimentQuery query, Func<double, long, (double Lower, double Upper)> bracket, Action<UnitBlock>? units = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(bracket);
        return MomentReader.InScratch(query.Memory, query.Threads, (database, scratch) =>
        {
            var relation = DataRelation.Open(database, query.File, scratch);
            var table = UnitTable.Make(database, relation, query);
            var reader = new MomentReader
            {
                Engine = new DuckEngine(database, "", scratch),
                Names = table.Names,
                Hygiene = table.Hygiene,
                Metrics = query.Metrics,
                Covariates = query.Covariates,
                HasUnits = query.Unit is not null,
                EventsOf = metric => new QuantileEvents(Events(relation, query, metric, table.HasExcludedUnits), relation.File, metric.Column),
                Bracket = bracket,
                Units = units,
            };
            return reader.Read(() => new SourceException(relation.File, 0, $"has no row with a value in column \"{query.Variant}\": there is no experiment in it."));
        });
    }

    /// <summary>Events of a quantile metric: a row without a value is no event of it.</summary>
    private static string Events(DataRelation relation, ExperimentQuery query, ExperimentMetric metric, bool hasExcluded)
    {
        var variant = relation.Key(query.Variant);
        var unit = query.Unit is null ? null : relation.Key(query.Unit);
        var kept = unit is null ? "" : $" AND {unit} IS NOT NULL{(hasExcluded ? $" AND {unit} NOT IN (SELECT unit FROM excluded)" : "")}";
        return $"(SELECT {variant} AS variant, {unit ?? "NULL"} AS unit, {relation.Number(metric.Column, "NULL")} AS value FROM {relation.Sql} WHERE {variant} IS NOT NULL{kept} AND {relation.Text(metric.Column)} IS NOT NULL) q";
    }
}
