using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Reads the raw files into append-only facts, a batch a file. A batch is named by what is in the file and how it is read, so a file
/// that is already there is not read again, and one that has changed becomes a new batch beside the old.
/// </summary>
internal sealed class IngestStage : IStage
{
    public string Name => "ingest";

    public int Version => 1;

    public string Options(ShopConfiguration shop) =>
        CanonicalJson.Of(shop.Catalogue) + CanonicalJson.Of(shop.Events) + CanonicalJson.Of(shop.Privacy) + $"{shop.Site} {shop.Locale} {shop.Currency} {shop.TimeZone}";

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop)
    {
        if (shop.Events.Count == 0 && shop.Catalogue.Count == 0)
            throw new ConfigurationException(shop.FileName, 0, "names no events and no catalogue: add a file of purchases, views or ratings under events:, or one of products under catalogue:.");
        foreach (var source in shop.Catalogue.Concat(shop.Events))
        {
            foreach (var file in SourceFiles.Resolve(source, shop)) yield return new("file " + file.Name, file.Sha256);
        }
    }

    public string? NotApplicable(StageContext context) => null;

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static string[] Run(StageContext context, CancellationToken cancellation)
    {
        var shop = context.Shop;
        var hash = shop.Privacy.ShopperIds == ShopperIds.Hash ? ShopperHash.FromFile(context.Workspace.ShopperKey(shop)) : null;
        var products = new FactStore<Product>(context.Workspace.Facts("products"));
        var events = new FactStore<Interaction>(context.Workspace.Facts("events"));
        var total = shop.Catalogue.Concat(shop.Events).Sum(source => SourceFiles.Resolve(source, shop).Sum(file => file.Size));
        var progress = new BytesProgress(context.Progress, total);
        var batches = new IngestedBatches
        {
            Products = [.. shop.Catalogue.SelectMany(source => Ingest(products, source, shop, "", file => CatalogueSource.Read(file, shop, progress, cancellation), progress, cancellation))],
            Events = [.. shop.Events.SelectMany(source => Ingest(events, source, shop, hash is null ? "raw" : "hashed", file => EventSource.Read(file, shop, hash, progress, cancellation), progress, cancellation))],
        };
        StageJson.Write(Path.Combine(context.Output, "batches.json"), batches);
        return [];
    }

    private static List<string> Ingest<T>(
        FactStore<T> store, SourceDefinition source, ShopConfiguration shop, string identity, Func<SourceDefinition, IEnumerable<T>> read, BytesProgress progress, CancellationToken cancellation)
    {
        var names = new List<string>();
        var there = store.ListBatches().ToHashSet(StringComparer.Ordinal);
        var files = SourceFiles.Resolve(source, shop);
        foreach (var file in files)
        {
            var how = $"{file.Name}\n{file.Sha256}\n{CanonicalJson.Of(source)}\n{shop.Site} {shop.Locale} {shop.Currency} {shop.TimeZone} {identity}";
            var name = "file-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(how)))[..16];
            if (there.Add(name)) store.AppendBatch(name, read(source with { Path = file.Path, MayBeEmpty = files.Count > 1 }), cancellation);
            progress.Finish(file.Size);
            names.Add(name);
        }

        return names;
    }

    private sealed class BytesProgress(IStageProgress progress, long total) : IProgress<SourceProgress>
    {
        private long _finished;

        public void Finish(long bytes) => _finished += bytes;

        public void Report(SourceProgress value) =>
            progress.Report(total == 0 ? 0 : Math.Min(1, (double)(_finished + value.BytesRead) / total), $"{value.File} {value.Rows:#,##0} rows");
    }
}

/// <summary>The batches of facts that one ingest named (<c>batches.json</c>).</summary>
internal sealed record IngestedBatches
{
    /// <summary>Batches under <c>products/</c>.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>Batches under <c>events/</c>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Reads what the ingest stage left.</summary>
    public static IngestedBatches Read(Workspace workspace) =>
        JsonSerializer.Deserialize<IngestedBatches>(File.ReadAllText(Path.Combine(workspace.Stage("ingest"), "batches.json")), StageJson.Options)
            ?? throw new WorkspaceException("stages/ingest/batches.json is empty; run again with --from ingest.");
}
