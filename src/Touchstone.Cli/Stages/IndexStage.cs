using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Models.Registry;
using Touchstone.Search;

namespace Touchstone.Cli.Stages;

/// <summary>Writes the index that products are searched from: their words in every language, and their vectors where an encoder is registered.</summary>
internal sealed class IndexStage : IStage
{
    /// <summary>Name of the stage.</summary>
    public const string StageName = "index";

    public string Name => StageName;

    public int Version => 1;

    public string Options(ShopConfiguration shop) => CanonicalJson.Of(shop.Search) + shop.Locale + CanonicalJson.Of(NotProducts(shop));

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) =>
        context.Shop.Catalogue.Count == 0 ? $"{context.Shop.FileName} names no catalogue: there are no words to search by"
        : CatalogueReader.HasWords(context.Workspace.Stage("clean")) ? null
        : "no titles or descriptions in the catalogue";

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static string[] Run(StageContext context, CancellationToken cancellation)
    {
        var without = NotProducts(context.Shop).ToHashSet(StringComparer.Ordinal);
        var products = CatalogueReader.Read(context.Workspace.Stage("clean"), context.Shop.Locale).Where(product => !without.Contains(product.Id)).ToList();
        using var encoder = TextEncoders.Registered(new ModelRegistry(context.Workspace.Models, context.Time), context.Shop.Threads);
        var vectors = encoder is null ? null : TextVectors.Of(products, encoder, new Encoding(context.Progress), cancellation);
        var card = SearchSettings.Card(context.Shop.Search) with { Encoder = encoder?.Name, EncoderVersion = encoder?.Version };
        SearchIndex.Write(context.Output, products, card, vectors, new Writing(context.Progress, products.Count), cancellation);
        return [$"{products.Count:#,##0} products can be found by words{(encoder is null ? "" : $" and by meaning ({encoder.Name} {encoder.Version})")}"];
    }

    private static IReadOnlyList<string> NotProducts(ShopConfiguration shop) => shop.CleaningRule("not-a-product")?.Texts("ids", []) ?? [];

    private sealed class Writing(IStageProgress progress, int count) : IProgress<int>
    {
        public void Report(int value) => progress.Report(0.8 + (0.2 * value / Math.Max(1, count)), $"{value:#,##0} products");
    }

    private sealed class Encoding(IStageProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(0.8 * value, "vectors");
    }
}
