using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Touchstone.Data.Metrics;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Data.Metrics;

public sealed class PostgresSpecTests
{
    [Fact]
    public async Task The_same_definition_gives_the_same_moments_on_PostgreSQL()
    {
        await using var server = await StartedPostgres.StartAsync();
        await using (var connection = new NpgsqlConnection(server.Connection))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(
                "CREATE TABLE exposures (shopper text, arm text, seen timestamptz); CREATE TABLE events (shopper text, kind text, amount numeric, at_time timestamptz);" + Rows("exposures", SpecReaderTests.Exposures) + Rows("events", SpecReaderTests.Events), connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var spec = ExperimentSpecYaml.Read(SpecReaderTests.Yaml, "experiment.yaml");
        var sums = new SortedDictionary<string, (int Count, double[] Values)>(StringComparer.Ordinal);
        var data = SpecReader.FromPostgres(spec, server.Connection, QuantileStatistic.Bracket, block =>
        {
            if (block.Count > 0) sums.Add(block.Variant, (block.Count, [.. block.Columns.Select(column => column[..block.Count].Sum())]));
        });
        SpecReaderTests.Check(spec, data);
        // The units that a bootstrap sees are those behind the moments.
        Assert.Equal(data.Arms.Select(arm => (arm.Variant, arm.Count)), sums.Select(arm => (arm.Key, (long)arm.Value.Count)));
        foreach (var arm in data.Arms) Assert.Equal(arm.Means, sums[arm.Variant].Values.Select(sum => sum / arm.Count));
        var fault = Assert.Throws<SourceException>(() => SpecReader.FromPostgres(spec with { Exposures = spec.Exposures with { Source = "nothing" } }, server.Connection, QuantileStatistic.Bracket));
        Assert.Equal("nothing is no table or view of the database; name it with its schema where it is not in the search path.", fault.Message);
    }

    [Fact]
    public async Task PostgreSQL_and_DuckDB_agree_on_hundreds_of_units()
    {
        await using var server = await StartedPostgres.StartAsync();
        await using (var connection = new NpgsqlConnection(server.Connection))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            // The compiled SQL has a temporary table of that name, too.
            await using var command = new NpgsqlCommand(
                "CREATE TABLE everyone (unit text, variant text, segment text, surface text, ts timestamptz); CREATE TABLE events (unit text, kind text, value numeric, ts timestamptz);"
                + Rows("everyone", SpecAgreement.Csv("", SpecAgreement.Exposures)) + Rows("events", SpecAgreement.Csv("", SpecAgreement.Events)), connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        foreach (var yaml in (string[])[SpecAgreement.Yaml, SpecAgreement.TriggeredYaml])
            SpecAgreement.Equal(SpecAgreement.OfFiles(yaml), SpecReader.FromPostgres(ExperimentSpecYaml.Read(yaml.Replace("source: exposures", "source: everyone", StringComparison.Ordinal), "experiment.yaml"), server.Connection, QuantileStatistic.Bracket));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_told()
    {
        var spec = ExperimentSpecYaml.Read(SpecReaderTests.Yaml, "experiment.yaml");
        var fault = Assert.Throws<WarehouseException>(() => SpecReader.FromPostgres(spec, "Host=127.0.0.1;Port=1;Database=x;Username=y;Timeout=2", QuantileStatistic.Bracket));
        Assert.StartsWith("PostgreSQL cannot be reached: ", fault.Message, StringComparison.Ordinal);
    }

    private static string Rows(string table, string csv) => string.Concat(csv.TrimEnd().Split('\n').Skip(1).Select(line =>
        $"INSERT INTO {table} VALUES ({string.Join(", ", line.Split(',').Select(cell => cell.Length == 0 ? "NULL" : $"'{cell.Replace("'", "''", StringComparison.Ordinal)}'"))});"));

    /// <summary>A server of the test's own in a temporary folder, stopped at its end.</summary>
    private sealed class StartedPostgres : IAsyncDisposable
    {
        // Debian keeps them out of the PATH.
        private static readonly string? Programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [])
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));

        private readonly DirectoryInfo _folder;
        private readonly bool _isRoot;

        private StartedPostgres(DirectoryInfo folder, bool isRoot, int port)
        {
            _folder = folder;
            _isRoot = isRoot;
            Connection = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres;Pooling=false");
        }

        public string Connection { get; }

        public static async Task<StartedPostgres> StartAsync()
        {
            if (Programs is null) Assert.Skip("PostgreSQL is not installed here: run eng/prerequisites --tests.");
            var isRoot = Environment.UserName == "root";
            var folder = Directory.CreateTempSubdirectory("touchstone-pg-");
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var server = new StartedPostgres(folder, isRoot, ((IPEndPoint)listener.LocalEndpoint).Port);
            var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
            listener.Stop();
            if (isRoot) await RunAsync("chown", "postgres", folder.FullName);
            var data = Path.Combine(folder.FullName, "data");
            Assert.Equal(0, await server.AsUserAsync("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"));
            Assert.Equal(0, await server.AsUserAsync("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder.FullName, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -k {folder.FullName} -c fsync=off", "start"));
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            await AsUserAsync("pg_ctl", "-D", Path.Combine(_folder.FullName, "data"), "-m", "immediate", "-w", "stop");
            _folder.Delete(true);
        }

        private Task<int> AsUserAsync(string program, params string[] arguments)
        {
            var path = Path.Combine(Programs ?? "", program);
            return _isRoot ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
        }

        private static async Task<int> RunAsync(string program, params string[] arguments)
        {
            // The server inherits what is not redirected: it must not hold a pipe of the test's.
            var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetTempPath(), RedirectStandardInput = true };
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode;
        }
    }
}
