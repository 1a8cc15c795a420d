using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Splits;
using Touchstone.Domain;

namespace Touchstone.Cli.Stages;

/// <summary>Judges every row by the cleaning rules, accounts for all of them, marks the split, and looks for leaks.</summary>
internal sealed class CleanStage : IStage
{
    public string Name => "clean";

    public int Version => 2;

    public string Options(ShopConfiguration shop) =>
        CanonicalJson.Of(shop.Cleaning) + CanonicalJson.Of(shop.Split) + shop.Money.MarginRate.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop) => [];

    public string? NotApplicable(StageContext context) => null;

    public Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<string>>(() => Run(context, cancellation), cancellation);

    private static string[] Run(StageContext context, CancellationToken cancellation)
    {
        var batches = IngestedBatches.Read(context.Workspace);
        var events = new FactStore<Interaction>(context.Workspace.Facts("events")).Read(batches.Events);
        var products = new FactStore<Product>(context.Workspace.Facts("products")).Read(batches.Products);
        var ingestedAt = StageManifest.Read(context.Workspace.Stage("ingest"))?.StartedAt.UtcDateTime ?? context.Time.GetUtcNow().UtcDateTime;
        var progress = new RowProgress(context.Progress);
        var account = Cleaner.Run(events, products, context.Shop.Cleaning, context.Output, ingestedAt, progress, cancellation);
        var foreign = account.Currencies.Where(code => code != context.Shop.Currency).ToList();
        if (context.Shop.Currency.Length > 0 && foreign.Count > 0)
            throw new WorkspaceException($"Order lines are in {string.Join(", ", account.Currencies)}, and {context.Shop.FileName} says currency: {context.Shop.Currency}. Amounts of several currencies are not summed, and there is no table of rates yet: state the currency of the lines, export them in one, or leave the lines' currency unmapped (columns: {{currency: }}) where it is wrong.");
        if (NoEvents.Reason(context.Shop) is not null)
        {
            LeakWarnings.Write(context.Output, []);
            return [.. CatalogueNote(account.Products), "nothing to split: there are no events"];
        }

        context.Progress.Report(0.7, "split");
        var summary = Splitter.Run(context.Output, context.Shop.Split, context.Shop.TimeZone, context.Shop.Money.MarginRate, cancellation);
        context.Progress.Report(0.9, "leaks");
        var behaviour = BehaviourReader.Read(context.Output);
        LeakageDetector.CheckParts(behaviour, summary);
        var future = context.Shop.Catalogue.SelectMany(source => source.Future).ToHashSet(StringComparer.Ordinal);
        var warnings = AttributeLeakage.Check(behaviour, ProductAttributes.ReadNumeric(context.Output, behaviour.Products), future);
        LeakWarnings.Write(context.Output, warnings);
        return [
            $"{account.RowsIn:#,##0} rows in = {account.Kept:#,##0} kept + {account.ProductsOnly:#,##0} for products only + {account.Rejected:#,##0} rejected + {account.Merged:#,##0} merged",
            .. CatalogueNote(account.Products),
            .. SplitWords.Notes(summary),
            .. warnings,
        ];
    }

    private static IEnumerable<string> CatalogueNote(ProductAccount products)
    {
        if (products.RowsIn > 0)
            yield return $"{products.RowsIn:#,##0} catalogue rows in = {products.Kept:#,##0} products + {products.Merged:#,##0} merged into them + {products.WithoutId:#,##0} without an id";
        if (products.Unknown > 0)
            yield return $"{products.Unknown:#,##0} products of {products.UnknownRows:#,##0} kept rows are not in the catalogue";
    }

    private sealed class RowProgress(IStageProgress progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report(0.6 * value / (value + 500_000), $"{value:#,##0} rows");
    }
}
