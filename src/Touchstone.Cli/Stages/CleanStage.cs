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

    public int Version => 1;

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
            .. SplitWords.Notes(summary),
            .. warnings,
        ];
    }

    private sealed class RowProgress(IStageProgress progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report(0.6 * value / (value + 500_000), $"{value:#,##0} rows");
    }
}
