using DuckDB.NET.Data;
using Touchstone.Data.Metrics;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Benchmarks;

/// <summary>An experiment on 50 million event rows: the whole verb's work against the plain aggregation of the same rows by the same engine.</summary>
internal static class ExperimentBenchmark
{
    private const long Rows = 50_000_000;
    private const int Units = 1_000_000;

    public static Measured Run(int repeats, int threads, ulong seed)
    {
        var folder = Directory.CreateTempSubdirectory("touchstone-");
        try
        {
            var file = Path.Combine(folder.FullName, "events.parquet");
            // Hashes, not random(): the same rows from the same seed at any number of threads.
            var units = $"SELECT (hash(range, {seed}) % {Units})::INTEGER AS unit, round((hash({seed}, range) % 1000) * (hash(range, range) % 100) / 10000.0, 2) AS spend FROM range({Rows})";
            Execute($"COPY (SELECT unit, CASE WHEN unit % 2 = 0 THEN 'A' ELSE 'B' END AS arm, spend FROM ({units})) TO '{file}' (FORMAT parquet)", threads, folder.FullName);
            var query = new ExperimentQuery
            {
                File = file,
                Unit = "unit",
                Variant = "arm",
                Metrics = [new ExperimentMetric { Name = "spend", Kind = MetricKind.Mean, Column = "spend" }],
                Threads = threads,
            };
            var plan = new ExperimentPlan { Control = "A", Metrics = query.Metrics };
            var plain = $"SELECT arm, count(*), avg(spend), var_samp(spend) FROM (SELECT unit, arm, sum(spend) AS spend FROM read_parquet('{file}') GROUP BY unit, arm) GROUP BY arm";
            void Ours() => ExperimentJudge.Judge(ExperimentReader.Read(query, QuantileStatistic.Bracket), plan);
            void Plain() => Execute(plain, threads, folder.FullName);
            Ours();
            Plain();
            var (ours, theirs) = (new double[repeats], new double[repeats]);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                ours[repeat] = Timing.SecondsOf(Ours);
                theirs[repeat] = Timing.SecondsOf(Plain);
            }

            return new Measured(
                "experiment",
                $"{Rows / 1_000_000} million event rows of {Units / 1_000_000} million units in Parquet, one mean, two arms, {threads} threads, 2 GB of memory for the engine: moments, estimates and hygiene against SELECT count, avg, var_samp over sums by unit",
                [new Timing("an experiment judged", ours, "M rows/s", Rows / 1e6 / Timing.MedianOf(ours)), new Timing("plain aggregation by DuckDB", theirs, "M rows/s", Rows / 1e6 / Timing.MedianOf(theirs))],
                [new Ratio("an experiment judged / plain aggregation", [.. ours.Zip(theirs, (own, other) => own / other)], 1.3)],
                []);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static void Execute(string sql, int threads, string spill)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SET threads = {threads}; SET memory_limit = '2GB'; SET temp_directory = '{spill}'");
        command.ExecuteNonQuery();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        do
        {
            while (reader.Read())
            {
            }
        }
        while (reader.NextResult());
    }
}
