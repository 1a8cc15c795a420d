using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Winsorises a column of the unit table: one cap from all arms pooled, the upper side only.</summary>
internal static class UnitCaps
{
    /// <summary>Cuts the column and says where.</summary>
    public static UsedCap Apply(ISqlEngine engine, string column, ExperimentMetric metric)
    {
        var where = metric.CapIgnoresZeros ? $" WHERE {column} <> 0" : "";
        var cap = engine.Query($"SELECT {engine.Quantile(column, metric.CapQuantile.ToString("R", CultureInfo.InvariantCulture))} FROM units{where}").Select(row => row.RealOrNull(0) ?? double.NaN).First();
        if (double.IsNaN(cap)) return new UsedCap(cap, 0);
        var text = SpecSql.Number(cap);
        var count = engine.Query($"SELECT count(*) FROM units WHERE {column} > {text}").Select(row => row.Whole(0)).First();
        if (count > 0) engine.Execute($"UPDATE units SET {column} = {text} WHERE {column} > {text}");
        return new UsedCap(cap, count);
    }
}
