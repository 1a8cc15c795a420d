using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;
using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;
using Touchstone.Evaluation;
using Touchstone.Evaluation.Comparison;
using Touchstone.Models.Registry;
using Touchstone.Recommendation;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone demo</c>: the main job on a simulated shop, and the truth beside each estimate.</summary>
internal sealed class DemoCommand : AsyncCommand<DemoCommand.Settings>
{
    private const int TruthShoppersAShopper = 150;
    private const int OnlineShoppers = 40_000;

    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorldSettings
    {
        /// <summary>Folder.</summary>
        [CommandArgument(0, "[DIR]")]
        [Description("Folder of the demo. Default: touchstone-demo in this folder; the same command goes on with what is there.")]
        public string Folder { get; init; } = "touchstone-demo";
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var world = settings.NewWorld();
        var folder = Path.GetFullPath(settings.Folder);
        await SimulateOnceAsync(world, folder, cancellationToken).ConfigureAwait(false);
        var shop = ShopConfiguration.Load(Path.Combine(folder, "shop.yaml"));
        var workspace = new Workspace(Path.Combine(folder, "workspace"));
        await RunCommand.RunAsync(shop, workspace, null, null, cancellationToken).ConfigureAwait(false);
        AnsiConsole.WriteLine();
        if (VerdictFile.Read(workspace)?.Judged is null)
        {
            AnsiConsole.WriteLine("Too few shoppers to judge a second model: there is no estimate to hold against the truth. Try more with --shoppers N.");
            return ExitCodes.Done;
        }

        await CompareWithTruthAsync(world, shop, workspace, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task SimulateOnceAsync(SimulatedWorld world, string folder, CancellationToken cancellation)
    {
        var marker = Path.Combine(folder, "demo.txt");
        var wanted = string.Create(CultureInfo.InvariantCulture, $"seed {world.Options.Seed.Value}, {world.Options.Shoppers} shoppers, {world.Options.Products} products, {world.Options.Days} days");
        if (File.Exists(marker))
        {
            var there = await File.ReadAllTextAsync(marker, cancellation).ConfigureAwait(false);
            if (there != wanted) throw new WorkspaceException($"{folder} holds another demo ({there}); name another folder.");
            return;
        }

        await SimulateCommand.WriteAsync(world, folder, ("demo.txt", wanted), cancellation).ConfigureAwait(false);
    }

    private static async Task CompareWithTruthAsync(SimulatedWorld world, ShopConfiguration shop, Workspace workspace, CancellationToken cancellation)
    {
        var file = VerdictFile.Read(workspace) ?? throw new InvalidOperationException("The verdict was there a moment ago.");
        var verdict = file.Judged?.Verdict ?? throw new InvalidOperationException("The verdict was there a moment ago.");
        var comparison = file.Comparisons.Single(each => each.Challenger == verdict.Challenger);
        var registry = new ModelRegistry(workspace.Models, TimeProvider.System);
        var trained = TrainedModel.ReadAll(workspace);
        IRecommender Load(string name) =>
            RecommenderFolder.Load(registry.Open(name, trained.Single(model => model.Name == name).Version ?? "").Folder);
        IRecommender[] models = [Load(verdict.Challenger), Load(verdict.Champion)];
        var seed = new Seed(shop.Seed).For("truth");
        var view = new ConsoleRunView(AnsiConsole.Console);
        var progress = view.Begin("truth");
        var k = shop.Evaluate.MoneyAt;
        var offline = await Task.Run(() => OfflineTruth.Measure(
            world, models, TruthShoppersAShopper * world.Options.Shoppers, k, seed, Environment.ProcessorCount,
            new Share(done => progress.Report(done * 0.7, "fresh shoppers, the same statistic")), cancellation), cancellation).ConfigureAwait(false);
        var online = await Task.Run(() => OnlineTruth.Measure(
            world, [models[0], models[1]], OnlineShoppers, seed, Environment.ProcessorCount,
            new Share(done => progress.Report(0.7 + (done * 0.3), "a year under each policy")), cancellation), cancellation).ConfigureAwait(false);
        view.ClearBar();
        Print(comparison, verdict, file, offline, online, shop, k);
    }

    private static void Print(
        PairedComparison comparison, Verdict verdict, VerdictFile file, OfflineTruth offline, OnlineTruth online, ShopConfiguration shop, int k)
    {
        var currency = shop.Currency;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Estimates from {comparison.UnitCount:#,##0} judged shoppers, and the truth from {offline.CaseCount:#,##0} fresh shoppers of the same world:"));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("figure");
        foreach (var heading in (string[])["estimate", "95 % interval", "truth", "± (95 %)", "in the interval"]) table.AddColumn(new TableColumn(heading).RightAligned());
        void Row(string name, Estimate? estimate, Estimate truth, bool isMoney)
        {
            if (estimate is null) return;
            string Text(double value) => isMoney ? value.ToString("0.000", CultureInfo.InvariantCulture) + " " + currency : value.ToString("0.0000", CultureInfo.InvariantCulture);
            table.AddRow(
                Markup.Escape(name), Text(estimate.Value), $"{Text(estimate.Low)} to {Text(estimate.High)}", Text(truth.Value),
                Text(truth.High - truth.Value), truth.Value >= estimate.Low && truth.Value <= estimate.High ? "yes" : "no");
        }

        var (challenger, champion) = (verdict.Challenger, verdict.Champion);
        var hits = comparison.Find(FormattableString.Invariant($"hr@{k}"));
        var ndcg = comparison.Find(FormattableString.Invariant($"ndcg@{k}"));
        var margin = comparison.Find(FormattableString.Invariant($"margin@{k}"));
        Row($"HR@{k} {challenger}", hits?.Challenger, offline.HitRate(0), false);
        Row($"HR@{k} {champion}", hits?.Champion, offline.HitRate(1), false);
        Row($"NDCG@{k} {challenger}", ndcg?.Challenger, offline.Ndcg(0), false);
        Row($"NDCG@{k} {champion}", ndcg?.Champion, offline.Ndcg(1), false);
        Row($"NDCG@{k} difference", ndcg?.Difference, offline.NdcgDifference(0, 1), false);
        Row($"margin captured at {k} a judged purchase, {challenger}", margin?.Challenger, offline.MarginCaptured(0), true);
        Row($"margin captured at {k} a judged purchase, {champion}", margin?.Champion, offline.MarginCaptured(1), true);
        Row("margin captured, difference", margin?.Difference, offline.MarginCapturedDifference(0, 1), true);
        AnsiConsole.Write(table);
        if (file.Judged?.Money is not { } money) return;
        var truth = online.MarginPerShopperYearDifference(0, 1);
        var shoppers = money.Assumptions.ShoppersAYear;
        var (value, error) = (truth.Value * shoppers, (truth.High - truth.Value) * shoppers);
        string Money(double amount) => FigureText.MoneyFull(amount, currency, true);
        AnsiConsole.WriteLine($"Online, on a line of its own: {challenger} in place of {champion} on the home page truly earns {Money(value)} margin a year (± {FigureText.MoneyFull(error, currency)}).");
        AnsiConsole.WriteLine($"The verdict said {Money(money.Yearly.Value)} ({Money(money.Yearly.Low)} to {Money(money.Yearly.High)}) under the assumption offline_to_online; the gap of {Money(value - money.Yearly.Value)} is that assumption's, and the interval does not cover it: only an experiment can.");
        if (money.OfflineGain.Value != 0)
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"In this world {value / money.OfflineGain.Value:0.00} of the offline gain carries over."));
    }

    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
