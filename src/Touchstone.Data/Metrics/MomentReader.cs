using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Events of a quantile metric: a relation with <c>variant</c>, <c>unit</c> and <c>value</c>, and where its values come from.</summary>
internal sealed record QuantileEvents(string Sql, string Source, string Column);

/// <summary>A table <c>units</c> to moments: the way is the same whoever made the table.</summary>
internal sealed class MomentReader
{
    /// <summary>The engine with the table.</summary>
    public required ISqlEngine Engine { get; init; }

    /// <summary>[value] names; value i is the column v{i}.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What was counted on the way; the units are added.</summary>
    public required List<HygieneCount> Hygiene { get; init; }

    /// <summary>Metrics.</summary>
    public required IReadOnlyList<ExperimentMetric> Metrics { get; init; }

    /// <summary>Names of covariates.</summary>
    public required IReadOnlyList<string> Covariates { get; init; }

    /// <summary>Whether events belong to units, and hang together by them.</summary>
    public required bool HasUnits { get; init; }

    /// <summary>Events of a quantile metric, where it is one of these.</summary>
    public required Func<ExperimentMetric, QuantileEvents> EventsOf { get; init; }

    /// <summary>Probabilities around a quantile for a number of events.</summary>
    public required Func<double, long, (double Lower, double Upper)> Bracket { get; init; }

    /// <summary>Told every unit, where somebody wants them; null otherwise.</summary>
    public Action<UnitBlock>? Units { get; init; }

    /// <summary>Runs work in an engine of its own, with a folder for what memory does not hold; faults of the engine's reader come in our words.</summary>
    public static T InScratch<T>(string memory, int threads, Func<DuckDatabase, string, T> work)
    {
        var scratch = Directory.CreateTempSubdirectory("touchstone-");
        try
        {
            using var database = DuckDatabase.File(":memory:", scratch.FullName, memory, threads);
            return work(database, scratch.FullName);
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

    /// <summary>The moments.</summary>
    /// <param name="nothing">The fault of a table without units.</param>
    public ExperimentMoments Read(Func<SourceException> nothing)
    {
        var caps = new SortedDictionary<string, UsedCap>(StringComparer.Ordinal);
        var (names, values) = (Names.ToList(), Names.Select((_, i) => UnitTable.Column(i)).ToList());
        foreach (var metric in Metrics.Where(metric => !double.IsNaN(metric.CapQuantile)))
        {
            var place = names.IndexOf(metric.Name);
            var cap = caps[metric.Name] = UnitCaps.Find(Engine, values[place], metric);
            if (cap.CappedUnits > 0) values[place] = $"least({values[place]}, {SpecSql.Number(cap.Value)})";
        }

        var segments = MomentSql.Of(Engine, Names, values, MomentPairs.Of(Metrics, Covariates, Names));
        if (segments.Count == 0) throw nothing();
        var quantiles = new SortedDictionary<string, IReadOnlyList<VariantQuantile>>(StringComparer.Ordinal);
        foreach (var metric in Metrics.Where(metric => metric.Kind == MetricKind.Quantile)) quantiles[metric.Name] = QuantileSql.Of(Engine, Checked(EventsOf(metric)), metric.Probability, HasUnits, Bracket);
        if (Units is not null) Stream(Units, values);
        var arms = MomentSql.Arms(segments);
        Hygiene.Insert(1, new HygieneCount("units", arms.Sum(arm => arm.Count), "units analysed"));
        return new ExperimentMoments { Segments = segments, Arms = arms, Quantiles = quantiles, Caps = caps, Hygiene = Hygiene };
    }

    /// <summary>Units by arm and then by their values: an order that the file's has no part in, so that seeds mean the same.</summary>
    private void Stream(Action<UnitBlock> units, IReadOnlyList<string> of)
    {
        var columns = Names.Select(_ => new double[UnitBlock.Length]).ToArray();
        var (variant, count) = ("", 0);
        var values = string.Concat(of.Select(value => ", " + value));
        foreach (var row in Engine.Query($"SELECT CAST(variant AS VARCHAR){values} FROM units ORDER BY {string.Join(", ", Enumerable.Range(1, Names.Count + 1))}"))
        {
            if (count == UnitBlock.Length || row.Text(0) != variant)
            {
                units(new UnitBlock(variant, columns, count));
                (variant, count) = (row.Text(0), 0);
            }

            for (var i = 0; i < columns.Length; i++) columns[i][count] = row.Real(1 + i);
            count++;
        }

        units(new UnitBlock(variant, columns, count));
    }

    // Above all numbers, NaN would be the upper quantiles.
    private string Checked(QuantileEvents events)
    {
        var bad = Engine.Query($"SELECT count(*) FROM {events.Sql} WHERE value IS NULL OR {SpecSql.IsNotFinite("value")}").Select(row => row.Whole(0)).First();
        return bad == 0
            ? events.Sql
            : throw new SourceException(events.Source, 0, $"has {bad} values in column \"{events.Column}\" that are not finite numbers; correct them, or leave the cell empty where there was no event.");
    }
}
