using System.Globalization;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Models.Cards;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Registry;
using Touchstone.Recommendation;
using Touchstone.Search;
using Touchstone.Search.Semantic;
using Touchstone.Tests.Data.Cleaning;
using Touchstone.Tests.Models.Onnx;

namespace Touchstone.Tests.Server;

/// <summary>A workspace as a run leaves it, made of the real parts: six products, four shoppers with hashed ids.</summary>
internal sealed class SmallWorkspace : IDisposable
{
    public const string Encoder = "text-encoder";

    private readonly TemporaryFolder _folder = new();
    private int _changes;

    public SmallWorkspace(string yaml = "shop: Corner\ncurrency: EUR\nevents: orders.csv\n")
    {
        Shop = ShopConfiguration.Parse(yaml, _folder.In("shop.yaml"), _ => null);
        Layout = new WorkspaceLayout(WorkspaceLayout.FolderOf(Shop, null));
        Registry = new ModelRegistry(Layout.Models, TimeProvider.System);
        if (Shop.Privacy.ShopperIds == ShopperIds.Hash) Hash = ShopperHash.FromFile(Layout.ShopperKey(Shop));
    }

    public ShopConfiguration Shop { get; }

    public WorkspaceLayout Layout { get; }

    public ModelRegistry Registry { get; }

    public ShopperHash? Hash { get; }

    public string Stored(string shopper) => Hash?.Of(shopper) ?? shopper;

    /// <summary>A workspace with a popularity champion.</summary>
    public static SmallWorkspace Served()
    {
        var workspace = new SmallWorkspace();
        workspace.Clean();
        workspace.Registry.SetAlias(ModelRegistry.Champion, "popularity", workspace.Train("popularity"));
        return workspace;
    }

    /// <summary>Cleans and splits rows: c is bought thrice, b and d twice, a and e once, f never.</summary>
    public void Clean()
    {
        string[] histories = ["ann:cba", "bob:cbd", "cyd:cd", "李雷:e"];
        var line = 1;
        var rows = histories.SelectMany(history => history.Split(':')[1].Select((product, day) =>
            Rows.Purchase(Stored(history.Split(':')[0]), product.ToString(), ++line, day))).ToArray();
        Product[] products = [.. "abcdef".Select((id, i) => Rows.Item(id.ToString(), $"Product {id}", 1.5m + i, 1m, line: i + 2))];
        var folder = Layout.Stage("clean");
        Cleaner.Run(rows, products, [], folder, Rows.Day(100));
        Splitter.Run(folder, Shop.Split, Shop.TimeZone, 0.3);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), string.Create(CultureInfo.InvariantCulture, $"{{\"change\": {++_changes}}}"));
    }

    /// <summary>Writes an index of the products, in brands North (a, b, c) and South, as the stage leaves it; returns its version.</summary>
    public string Index(string word = "lamp", string? encoderVersion = null)
    {
        var folder = Layout.Stage("index");
        // Words that the drawn encoder's vocabulary has.
        var (green, red) = encoderVersion is null ? ("green", "red") : ("w21", "w22");
        var products = "abcdef".Select((id, i) => new CatalogueEntry
        {
            Id = id.ToString(),
            Price = 1.5 + i,
            Texts = [new CatalogueText("en", $"{word} {id} {(id == 'e' ? green : red)}", id < 'd' ? "North" : "South", "Home > Light", "")],
        }).ToList();
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
        SearchIndex.Write(folder, products, new SearchIndexCard { Encoder = encoderVersion is null ? null : Encoder, EncoderVersion = encoderVersion }, Vectors(products, encoderVersion));
        var hash = string.Create(CultureInfo.InvariantCulture, $"{word}-{++_changes:000000000000}");
        File.WriteAllText(Path.Combine(folder, "manifest.json"), $"{{\"output_hash\": \"{hash}\", \"not_applicable\": null}}");
        return hash[..12];
    }

    /// <summary>Registers an encoder of drawn weights.</summary>
    public string RegisterEncoder() => Registry.Register(
        Encoder, folder => SmallBert.WriteFolder(folder, BertArchitecture.Encoder, TransformerKind.TextEncoder), new ModelCard { ModelType = Encoder }).Version;

    private ProductVectors? Vectors(List<CatalogueEntry> products, string? encoderVersion)
    {
        if (encoderVersion is null) return null;
        using var encoder = TextEncoder.Load(Registry.Open(Encoder, encoderVersion).Folder);
        return new ProductVectors([.. Enumerable.Range(0, products.Count)], encoder.Embed([.. products.Select(product => product.Texts[0].Title)]), encoder.Dimension);
    }

    /// <summary>Trains and registers a model, and returns its version.</summary>
    public string Train(string name, params (string Key, string Value)[] options)
    {
        var histories = TrainingHistories.From(BehaviourReader.Read(Layout.Stage("clean")), withValidation: true);
        var stated = options.ToDictionary(option => option.Key, option => option.Value);
        return Registry.Register(name, folder => Recommenders.Fit(name, histories, stated, CancellationToken.None).Save(folder), new ModelCard { ModelType = name }).Version;
    }

    /// <summary>Writes a verdict into the ledger.</summary>
    public void Judge(string model, string version, string decision, string sentence = "So it is.")
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        new FactStore<LedgerEntry>(Layout.Ledger).AppendBatch("verdict-" + id, [new LedgerEntry
        {
            Id = id,
            OccurredAt = now.UtcDateTime,
            Kind = "verdict",
            Json = $$"""{"decision": "{{decision}}", "challenger": "{{model}}", "challenger_version": "{{version}}", "champion": "popularity", "sentence": "{{sentence}}"}""",
        }]);
    }

    /// <summary>All exposures so far.</summary>
    public IReadOnlyList<Exposure> Exposures() => [.. new FactStore<Exposure>(Layout.Exposures).Read()];

    public void Dispose() => _folder.Dispose();
}
