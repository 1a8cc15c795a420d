using System.Diagnostics;
using System.Globalization;
using Touchstone.Data.Metrics;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Data.Metrics;

/// <summary>ClickHouse's own engine (chdb, in Node) behind loopback HTTP, asked through the driver that shops would use.</summary>
public sealed class ClickHouseSpecTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_definition_gives_the_same_moments_on_ClickHouse()
    {
        await using var server = await StartedClickHouse.StartAsync();
        await server.MakeAsync("exposures", "shopper String, arm LowCardinality(String), seen DateTime64(3, 'Asia/Shanghai')", SpecReaderTests.Exposures);
        await server.MakeAsync("events", "shopper FixedString(4), kind Enum8('view' = 1, 'buy' = 2, 'look' = 3), amount Decimal(18, 2), at_time DateTime('America/New_York')", SpecReaderTests.Events);
        var spec = ExperimentSpecYaml.Read(SpecReaderTests.Yaml, "experiment.yaml");

        SpecReaderTests.Check(spec, SpecReader.FromClickHouse(spec, server.Connection, QuantileStatistic.Bracket));

        string Fault(ExperimentSpec at) => Assert.Throws<SourceException>(() => SpecReader.FromClickHouse(at, server.Connection, QuantileStatistic.Bracket)).Message;
        Assert.Equal("nothing is no table or view of the database; name it as DATABASE.TABLE where it is not in the connection's database.", Fault(spec with { Exposures = spec.Exposures with { Source = "nothing" } }));
        Assert.Equal("exposures has no column \"when\"; it has shopper, arm, seen.", Fault(spec with { Exposures = spec.Exposures with { Time = "when" } }));
        Assert.Equal("exposures has in column \"arm\" values of the type String, which are no times; choose a DateTime, or make a view that casts it.", Fault(spec with { Exposures = spec.Exposures with { Time = "arm" } }));
        var events = spec.Metrics[1].Events with { Value = "kind" };
        Assert.Equal("events has in column \"kind\" values of the type Enum8('view' = 1, 'buy' = 2, 'look' = 3), which are no numbers; choose a column of numbers, or make a view that casts it.", Fault(spec with { Metrics = [spec.Metrics[1] with { Events = events }] }));
    }

    [Theory]
    [InlineData(SpecAgreement.Yaml)]
    [InlineData(SpecAgreement.TriggeredYaml)]
    public async Task ClickHouse_and_DuckDB_agree_on_hundreds_of_units(string yaml)
    {
        await using var server = await StartedClickHouse.StartAsync();
        // The compiled SQL has a temporary table of that name, too.
        await server.MakeAsync("everyone", "unit Nullable(String), variant LowCardinality(Nullable(String)), segment Nullable(String), surface LowCardinality(String), ts DateTime64(6)", SpecAgreement.Csv("unit,variant,segment,surface,ts", SpecAgreement.Exposures));
        await server.MakeAsync("shop.events", "unit String, kind Nullable(String), value Nullable(Decimal(18, 2)), ts DateTime('UTC')", SpecAgreement.Csv("unit,kind,value,ts", SpecAgreement.Events));
        var spec = ExperimentSpecYaml.Read(yaml.Replace("source: events", "source: shop.events", StringComparison.Ordinal).Replace("source: exposures", "source: everyone", StringComparison.Ordinal), "experiment.yaml");

        var data = SpecReader.FromClickHouse(spec, server.Connection, QuantileStatistic.Bracket);

        SpecAgreement.Equal(SpecAgreement.OfFiles(yaml), data with { Hygiene = [.. data.Hygiene.Select(count => count with { Name = count.Name.Replace("shop.", "", StringComparison.Ordinal) })] });
    }

    [Fact]
    public async Task A_day_begins_in_the_definitions_zone_and_what_is_not_finite_is_refused()
    {
        await using var server = await StartedClickHouse.StartAsync();
        await server.MakeAsync("exposures", "unit UInt64, variant Bool, ts Date", "unit,variant,ts\n1,true,2026-10-02\n2,false,2026-10-02\n");
        await server.MakeAsync("events", "unit UInt64, value Float64, ts DateTime", "unit,value,ts\n1,1.5,2026-10-01T22:00:00Z\n1,4,2026-10-01T21:59:59Z\n2,2,2026-10-02T22:00:00Z\n");
        const string Definition = """
            control: "false"
            time_zone: Europe/Berlin
            exposures: {source: exposures, unit: unit, variant: variant, time: ts}
            metrics:
              - {name: spend, kind: mean, source: events, value: value, window_days: 1}
            """;
        var spec = ExperimentSpecYaml.Read(Definition, "experiment.yaml");
        var data = SpecReader.FromClickHouse(spec, server.Connection, QuantileStatistic.Bracket);
        Assert.Equal([("false", 0), ("true", 1.5)], data.Arms.Select(arm => (arm.Variant, arm.Mean("spend"))));

        await server.MakeAsync("events", "unit UInt64, value Float64, ts DateTime", "unit,value,ts\n1,nan,2026-10-02T00:00:00Z\n");
        var fault = Assert.Throws<SourceException>(() => SpecReader.FromClickHouse(spec, server.Connection, QuantileStatistic.Bracket));
        Assert.Equal("events has for unit \"1\" a value of \"spend\" that is not a finite number; correct it.", fault.Message);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1")]
    [InlineData("Port=many")]
    public void A_server_that_cannot_be_reached_is_told(string connection)
    {
        var spec = ExperimentSpecYaml.Read(SpecReaderTests.Yaml, "experiment.yaml");
        var fault = Assert.Throws<WarehouseException>(() => SpecReader.FromClickHouse(spec, connection, QuantileStatistic.Bracket));
        Assert.StartsWith("ClickHouse cannot be reached: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Check --clickhouse, e.g. \"Host=localhost;Port=8123;Database=shop;Username=me\".", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>An engine of the test's own in a process of its own, ended with it.</summary>
    private sealed class StartedClickHouse : IAsyncDisposable
    {
        private static readonly string Folder = Path.Combine(SharedData.Repository, "tests", "clickhouse");

        private readonly Process _process;
        private readonly HttpClient _client;

        private StartedClickHouse(Process process, int port)
        {
            _process = process;
            _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}") };
            Connection = $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)}";
        }

        public string Connection { get; }

        public static async Task<StartedClickHouse> StartAsync()
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@chdb"))) Assert.Skip("ClickHouse's engine is not installed here: run eng/prerequisites --tests (Node, and the package chdb of npm, for Linux on x64).");
            var start = new ProcessStartInfo("node", ["server.mjs"]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
            var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
            var port = await process.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException("The engine did not start.");
            return new StartedClickHouse(process, int.Parse(port, CultureInfo.InvariantCulture));
        }

        /// <summary>Makes a table of the cells of a CSV text; texts of times become moments.</summary>
        public async Task MakeAsync(string table, string columns, string csv)
        {
            if (table.Split('.') is [var database, _]) await AskAsync($"CREATE DATABASE IF NOT EXISTS {database}");
            await AskAsync("SET max_query_size = 100000000");
            await AskAsync($"DROP TABLE IF EXISTS {table}");
            await AskAsync($"CREATE TABLE {table} ({columns}) ENGINE = MergeTree ORDER BY tuple()");
            await AskAsync($"INSERT INTO {table} SELECT * FROM format(CSVWithNames, $csv${columns}$csv$, $csv${csv}$csv$) SETTINGS date_time_input_format = 'best_effort', input_format_csv_empty_as_default = 1");
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        private async Task AskAsync(string sql)
        {
            using var content = new StringContent(sql);
            using var response = await _client.PostAsync(new Uri("/", UriKind.Relative), content, Token);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        }
    }
}
