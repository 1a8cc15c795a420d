using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Indicators;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone indicators</c>: named indicators of business value from a workspace's clean facts.</summary>
internal sealed class IndicatorsCommand : AsyncCommand<IndicatorsCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorkspaceSettings
    {
        /// <summary>Configuration.</summary>
        [CommandArgument(0, "[SHOP_YAML]")]
        [Description("The shop's configuration. Default: shop.yaml in this folder. Files are read and cleaned where the workspace does not hold them yet.")]
        public string ShopYaml { get; init; } = "shop.yaml";

        /// <summary>Exposures.</summary>
        [CommandOption("--exposures <FILE>")]
        [Description("Log of what was shown: slate, shopper, session, occurred_at, product, rank, is_viewed. Default: exposures.jsonl beside shop.yaml where it is there, and what the server recorded.")]
        public string? Exposures { get; init; }

        /// <summary>Requests.</summary>
        [CommandOption("--requests <FILE>")]
        [Description("Log of requests: occurred_at, duration_ms, status (failed from 500).")]
        public string? Requests { get; init; }

        /// <summary>Searches.</summary>
        [CommandOption("--searches <FILE>")]
        [Description("Log of searches: occurred_at, shopper, session, query, results (products found). Default: searches.jsonl beside shop.yaml where it is there.")]
        public string? Searches { get; init; }

        /// <summary>Weights.</summary>
        [CommandOption("--weights <FILE>")]
        [Description("Weights of a composite, or comparisons in pairs (analytic hierarchy process); needs --reference.")]
        public string? Weights { get; init; }

        /// <summary>Reference.</summary>
        [CommandOption("--reference <FILE>")]
        [Description("What the composite is compared with: an earlier result, written with --format json.")]
        public string? Reference { get; init; }

        /// <summary>Replicates.</summary>
        [CommandOption("--bootstrap <N>")]
        [Description("Replicates of the bootstrap over shoppers.")]
        [DefaultValue(500)]
        public int Bootstrap { get; init; } = 500;

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description(ReportPrinter.Formats)]
        [DefaultValue("text")]
        public string Format { get; init; } = "text";

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Bootstrap < 2 ? ValidationResult.Error("--bootstrap counts from 2.")
            : Weights is not null && Reference is null ? ValidationResult.Error("--weights needs --reference FILE: a composite is a change against an earlier result of indicators --format json.")
            : Reference is not null && Weights is null ? ValidationResult.Error("--reference needs --weights FILE: say how much each indicator weighs.")
            : ReportPrinter.Check(Format);
    }

    /// <summary>Puts the verb into the program.</summary>
    internal static void Register(IConfigurator config) => config.AddCommand<IndicatorsCommand>("indicators")
        .WithDescription("Some 45 named indicators from a shop's facts (buying, slates, finding, speed), with intervals; a weighted composite on request.")
        .WithExample("indicators", "shop.yaml").WithExample("indicators", "shop.yaml", "--weights", "weights.yaml", "--reference", "last-month.json");

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var shop = ShopConfiguration.Load(settings.ShopYaml);
        var weights = settings.Weights is null ? null : IndicatorFiles.ReadWeights(settings.Weights);
        var reference = settings.Reference is null ? null : IndicatorFiles.ReadReference(settings.Reference);
        var workspace = new Workspace(WorkspaceLayout.FolderOf(shop, settings.Workspace));
        var view = new ConsoleRunView(ErrorConsole.Open());
        using (workspace.Take())
        {
            await new Pipeline(shop, workspace, TimeProvider.System, view).RunAsync("ingest", "clean", cancellationToken).ConfigureAwait(false);
            view.ClearBar();
            var document = await Task.Run(() => Compute(settings, shop, workspace, weights, reference, cancellationToken), cancellationToken).ConfigureAwait(false);
            ReportPrinter.Keep(workspace.Folder, document);
            ReportPrinter.Print(settings.Format, document);
        }

        return ExitCodes.Done;
    }

    private static ReportDocument Compute(
        Settings settings, ShopConfiguration shop, Workspace workspace, StatedWeights? weights, IReadOnlyDictionary<string, (double Value, double StandardError)>? reference, CancellationToken cancellation)
    {
        // Comparisons that cannot be weighed are refused before the facts are read.
        NamedWeights? pairs = weights is { Comparisons.Count: > 0 } ? UsageException.From(() => NamedWeights.Of(weights.Comparisons)) : null;
        var log = ShopIndicators.Read(shop, workspace, settings.Exposures, settings.Searches, cancellation);
        if (settings.Requests is not null)
        {
            var (durations, faults, times) = ExposureFile.ReadRequests(settings.Requests, cancellation);
            log = log with { RequestMs = durations, IsRequestFailed = faults, RequestAtMs = times };
        }

        var options = new BootstrapOptions { Replicates = settings.Bootstrap, Seed = new Seed(shop.Seed) };
        var values = IndicatorJudge.Compute(log, ShopIndicators.Facts(shop, workspace, TimeProvider.System), shop.Currency, options, cancellation);
        var composite = weights is null || reference is null ? null : UsageException.From(() => CompositeIndicator.Of(
            values,
            reference.ToDictionary(pair => pair.Key, pair => new ReferenceFigure(pair.Value.Value, pair.Value.StandardError), StringComparer.Ordinal),
            pairs?.Weights ?? weights.Weights,
            options));
        return IndicatorReport.Compose(values, composite, pairs?.Outcome, shop.Shop, ShopIndicators.Words(log, options));
    }
}
