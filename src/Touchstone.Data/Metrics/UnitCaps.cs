using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Finds where a column of the unit table is winsorised: one cap from all arms pooled, the upper side only. <see cref="MomentReader"/> cuts it.</summary>
internal static class UnitCaps
{
    /// <summary>Where the column is cut, and how many units lie above.</summary>
    public static UsedCap Find(ISqlEngine engine, string column, ExperimentMetric metric)
    {
        var rows = $"FROM units{(metric.CapIgnoresZeros ? $" WHERE {column} <> 0" : "")}";
        var count = engine.Query($"SELECT count(*) {rows}").Select(row => row.Whole(0)).First();
        if (count == 0) return new UsedCap(double.NaN, 0);
        var cap = QuantileSql.At(engine, column, rows, count, [metric.CapQuantile])[0];
        return new UsedCap(cap, engine.Query($"SELECT count(*) FROM units WHERE {column} > {SpecSql.Number(cap)}").Select(row => row.Whole(0)).First());
    }
}
