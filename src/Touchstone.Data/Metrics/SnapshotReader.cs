using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>Columns of a file of snapshots.</summary>
public sealed record SnapshotColumns
{
    /// <summary>Experiment; null where the file holds one.</summary>
    public string? Experiment { get; init; } = "experiment_id";

    /// <summary>The treatment's variant.</summary>
    public string Variant { get; init; } = "variant_id";

    /// <summary>Metric.</summary>
    public string Metric { get; init; } = "metric_id";

    /// <summary>Time since the start.</summary>
    public string Time { get; init; } = "time_since_start";

    /// <summary>Counts, means and variances: each with the suffixes <c>_c</c> for control and <c>_t</c> for treatment.</summary>
    public string Count { get; init; } = "count";

    /// <summary>See <see cref="Count"/>.</summary>
    public string Mean { get; init; } = "mean";

    /// <summary>See <see cref="Count"/>.</summary>
    public string Variance { get; init; } = "variance";
}

/// <summary>Reads experiments that were aggregated already: running counts, means and variances by time.</summary>
public static class SnapshotReader
{
    private const double Rounding = 1e-9;

    /// <summary>The snapshots by experiment, variant, metric (ordinal) and time. Where a variance is empty it is NaN; any other figure must be there.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <exception cref="SourceException">A column is not there, or a value is at fault (names its row).</exception>
    public static IReadOnlyList<ExperimentSnapshot> Read(string path, SnapshotColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return MomentReader.InScratch("2GB", 2, (database, scratch) => Rows(database, DataRelation.Open(database, path, scratch), columns));
    }

    private static IReadOnlyList<ExperimentSnapshot> Rows(DuckDatabase database, DataRelation relation, SnapshotColumns columns)
    {
        // A variance may be empty: that is NULL, and what is no number stays NaN.
        const string NaN = "'NaN'::DOUBLE", Null = "NULL::DOUBLE";
        string[] numbers = [columns.Time, columns.Count + "_c", columns.Count + "_t", columns.Mean + "_c", columns.Mean + "_t", columns.Variance + "_c", columns.Variance + "_t"];
        var sql = $"SELECT {(columns.Experiment is null ? "''" : relation.Text(columns.Experiment))}, {relation.Text(columns.Variant)}, {relation.Text(columns.Metric)}, {string.Join(", ", numbers.Select((column, i) => relation.Number(column, i < 5 ? NaN : Null)))}, row_number() OVER () FROM {relation.Sql}";
        List<ExperimentSnapshot> snapshots = [];
        foreach (var row in database.Query(sql))
        {
            var at = row.Whole(10);
            for (var i = 0; i < 3; i++)
                if (row.IsAbsent(i)) throw new SourceException(relation.File, 0, $"has in row {at} (counted from 1 after the header) no {(i == 0 ? "experiment" : i == 1 ? "variant" : "metric")}; write one.");
            for (var i = 3; i < 8; i++)
                if (!double.IsFinite(row.Real(i))) throw new SourceException(relation.File, 0, $"has in row {at} (counted from 1 after the header) no finite number in column \"{numbers[i - 3]}\"; write it, or leave the row out.");
            snapshots.Add(new ExperimentSnapshot
            {
                Experiment = row.Text(0),
                Variant = row.Text(1),
                Metric = row.Text(2),
                Time = row.Real(3),
                Control = new SnapshotArm(Whole(row.Real(4), numbers[1]), row.Real(6), Variance(row.RealOrNull(8), row.Real(6), numbers[5])),
                Treatment = new SnapshotArm(Whole(row.Real(5), numbers[2]), row.Real(7), Variance(row.RealOrNull(9), row.Real(7), numbers[6])),
            });

            long Whole(double count, string column) => count >= 0 && count == Math.Floor(count)
                ? (long)count
                : throw new SourceException(relation.File, 0, $"has in row {at} (counted from 1 after the header) {column} = {count}; expected a whole number from 0.");

            // Mean of squares less squared mean: what is negative beside the latter by no more than rounding is none.
            double Variance(double? variance, double mean, string column) => variance switch
            {
                null => double.NaN,
                >= 0 when double.IsFinite(variance.Value) => variance.Value,
                < 0 when -variance <= Rounding * mean * mean => 0,
                double.NaN => throw new SourceException(relation.File, 0, $"has in row {at} (counted from 1 after the header) no number in column \"{column}\"; write it with a decimal point, or nothing."),
                _ => throw new SourceException(relation.File, 0, $"has in row {at} (counted from 1 after the header) {column} = {variance}; expected a finite number from 0, or nothing."),
            };
        }

        return [.. snapshots.OrderBy(look => look.Experiment, StringComparer.Ordinal).ThenBy(look => look.Variant, StringComparer.Ordinal).ThenBy(look => look.Metric, StringComparer.Ordinal).ThenBy(look => look.Time)];
    }
}
