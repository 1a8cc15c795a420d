using System.Globalization;
using Touchstone.Data.Configuration;
using Touchstone.Data.Indicators;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Indicators;
using Touchstone.Evaluation.Reports;
using Touchstone.Models.Registry;

namespace Touchstone.Cli.Stages;

/// <summary>What indicators are computed from: a workspace's clean facts, the logs beside shop.yaml, and the champion.</summary>
internal static class ShopIndicators
{
    /// <summary>Rows up to which a run computes them by itself: they are held in memory.</summary>
    private const long RowsInRun = 5_000_000;

    /// <summary>Reads the log.</summary>
    /// <param name="shop">The configuration.</param>
    /// <param name="workspace">The workspace, cleaned.</param>
    /// <param name="exposures">Log of what was shown; null for exposures.jsonl beside shop.yaml, where it is there.</param>
    /// <param name="searches">Log of searches; null for searches.jsonl beside shop.yaml, where it is there.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static ShopLog Read(ShopConfiguration shop, Workspace workspace, string? exposures, string? searches, CancellationToken cancellation) =>
        ShopLogReader.Read(workspace.Stage("clean"), Exposures(exposures, shop, workspace, cancellation), shop.Money.MarginRate, Searches(searches, shop, workspace, cancellation));

    /// <summary>How much the log holds, for the head of a page.</summary>
    public static IReadOnlyList<string> Words(ShopLog log, BootstrapOptions options) =>
        [FigureText.Count(log.UnitCount) + " shoppers", FigureText.Count(log.SessionCount) + " sessions", FigureText.Count(log.SlateCount) + " slates", FigureText.Count(options.Replicates) + " replicates"];

    /// <summary>Keeps the page of a run's indicators.</summary>
    /// <returns>Why there is none; null where it is kept.</returns>
    public static string? Keep(StageContext context, CancellationToken cancellation)
    {
        var (shop, workspace) = (context.Shop, context.Workspace);
        if (NoEvents.Reason(shop) is { } reason) return reason;
        if (CleaningReport.Read(workspace, shop.Currency) is { RowsKept: > RowsInRun } account)
            return string.Create(CultureInfo.InvariantCulture, $"{account.RowsKept:#,##0} rows are more than a run computes them from by itself ({RowsInRun:#,##0}); touchstone indicators {shop.FileName} does");
        try
        {
            var log = Read(shop, workspace, null, null, cancellation);
            var options = new BootstrapOptions { Replicates = 500, Seed = context.Seed };
            var values = IndicatorJudge.Compute(log, Facts(shop, workspace, context.Time), shop.Currency, options, cancellation);
            EvidencePages.Keep(workspace, IndicatorReport.Compose(values, null, null, shop.Shop, Words(log, options)), context.Time);
            return null;
        }
        catch (SourceException fault)
        {
            // A log beside shop.yaml that cannot be read, or several currencies: the run's own report does not need them.
            return fault.Message;
        }
    }

    /// <summary>What the registry and shop.yaml say of the champion.</summary>
    public static TechnicalFacts Facts(ShopConfiguration shop, Workspace workspace, TimeProvider time)
    {
        // 0 is what shop.yaml says where nothing is stated.
        var facts = new TechnicalFacts { CostPer1000Requests = shop.Money.CostPer1000Requests > 0 ? shop.Money.CostPer1000Requests : double.NaN };
        var registry = new ModelRegistry(workspace.Models, time);
        if (!registry.Aliases().TryGetValue(ModelRegistry.Champion, out _)) return facts;
        var champion = registry.Resolve(ModelRegistry.Champion);
        return facts with
        {
            ModelParameters = Directory.EnumerateFiles(champion.Folder, "*.safetensors").Sum(file => (double)Models.Checkpoints.Safetensors.Read(file).Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (size, side) => size * side))),
            ModelSizeMiB = champion.Card.Bytes / 1048576.0,
            ModelAgeDays = (time.GetUtcNow() - champion.Card.Created).TotalDays,
        };
    }

    // Ids of files are as the shop knows them; those of the facts, the server's too, are as the workspace keeps them.
    private static IEnumerable<ShownProduct> Exposures(string? stated, ShopConfiguration shop, Workspace workspace, CancellationToken cancellation)
    {
        var (file, kept) = (stated ?? Beside(shop, "exposures.jsonl"), Kept(shop, workspace));
        return (file is null ? [] : ExposureFile.Read(file, cancellation).Select(shown => shown with { Shopper = kept(shown.Shopper) }))
            .Concat(new FactStore<Exposure>(workspace.Exposures).Read().Select(ShownProduct.Of));
    }

    private static IEnumerable<LoggedSearch> Searches(string? stated, ShopConfiguration shop, Workspace workspace, CancellationToken cancellation)
    {
        var (file, kept) = (stated ?? Beside(shop, "searches.jsonl"), Kept(shop, workspace));
        return file is null ? [] : SearchLogFile.Read(file, cancellation).Select(search => search with { Shopper = kept(search.Shopper) });
    }

    private static Func<string?, string?> Kept(ShopConfiguration shop, Workspace workspace)
    {
        if (shop.Privacy.ShopperIds != ShopperIds.Hash) return id => id;
        var hash = ShopperHash.FromFile(workspace.ShopperKey(shop));
        return id => id is null ? null : hash.Of(id);
    }

    private static string? Beside(ShopConfiguration shop, string name) => Path.Combine(shop.Folder, name) is var path && File.Exists(path) ? path : null;
}
