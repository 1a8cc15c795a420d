using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Touchstone.Data.SimulatedShop;

namespace Touchstone.Tests.SimulatedShop;

/// <summary>A small shop written once for the tests that read its files.</summary>
public sealed class WrittenShop : IDisposable
{
    public WrittenShop()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("touchstone-simulated-").FullName;
        World = SimulatedWorld.Create(new SimulatedShopOptions { Seed = new(7), Shoppers = 900, Products = 200, DirtRate = 0.005, ExposureRate = 1 });
        Files = World.WriteTo(Directory);
        Events = [.. System.IO.Directory.GetFiles(Directory, "events-*.csv.gz").Order(StringComparer.Ordinal).SelectMany(Rows)];
        Products = [.. Rows(Path.Combine(Directory, "products.csv"))];
        Exposures = [.. File.ReadLines(Path.Combine(Directory, "exposures.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Searches = [.. File.ReadLines(Path.Combine(Directory, "searches.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public string Directory { get; }

    public SimulatedWorld World { get; }

    public SimulatedShopFiles Files { get; }

    /// <summary>Rows of the event files in order, duplicates and all.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Events { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Products { get; }

    public IReadOnlyList<JsonElement> Exposures { get; }

    public IReadOnlyList<JsonElement> Searches { get; }

    /// <summary>Rows of the event files, each once.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> DistinctEvents => Events.DistinctBy(row => row["event_id"]);

    public static decimal Amount(IReadOnlyDictionary<string, string> row, string column) => decimal.Parse(row[column], CultureInfo.InvariantCulture);

    public void Dispose() => System.IO.Directory.Delete(Directory, true);

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string path)
    {
        using Stream file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        var header = Fields(reader.ReadLine() ?? "");
        while (reader.ReadLine() is { } line)
        {
            var fields = Fields(line);
            Assert.Equal(header.Count, fields.Count);
            yield return header.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var isQuoted = false;
        foreach (var c in line)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted) Take();
            else field.Append(c);
        }

        Take();
        return fields;

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }
}
