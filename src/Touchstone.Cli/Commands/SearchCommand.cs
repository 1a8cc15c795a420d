using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;
using Touchstone.Data.Configuration;
using Touchstone.Domain;
using Touchstone.Models.Registry;
using Touchstone.Search;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone search "words"</c>: asks the index of a workspace.</summary>
internal sealed class SearchCommand : Command<SearchCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : WorkspaceSettings
    {
        /// <summary>The words.</summary>
        [CommandArgument(0, "<QUERY>")]
        [Description("The words; none of their characters is an operator.")]
        public string Query { get; init; } = "";

        /// <summary>Configuration.</summary>
        [CommandArgument(1, "[SHOP_YAML]")]
        [Description("The shop's configuration. Default: shop.yaml in this folder; not needed with --workspace.")]
        public string? ShopYaml { get; init; }

        /// <summary>Searcher.</summary>
        [CommandOption("--by <NAME>")]
        [Description("bm25 (words), meaning, or fused (both). Default: fused where the index has vectors, else bm25.")]
        public string? By { get; init; }

        /// <summary>Hits.</summary>
        [CommandOption("--count <N>")]
        [Description("Most hits.")]
        [DefaultValue(10)]
        public int Count { get; init; } = 10;

        /// <summary>Filters.</summary>
        [CommandOption("--filter <FIELD=VALUE>")]
        [Description("brand=X, category=A or category=\"A > B\", price=10..50 (either end may be open); several times.")]
        public string[] Filters { get; init; } = [];

        /// <summary>Facets.</summary>
        [CommandOption("--facets <FIELDS>")]
        [Description("Comma-separated: brand, category.")]
        public string? Facets { get; init; }

        /// <summary>Language.</summary>
        [CommandOption("--locale <LOCALE>")]
        [Description("Language of the titles shown, where products have several. Default: that of the query's script.")]
        public string? Locale { get; init; }

        /// <summary>Form.</summary>
        [CommandOption("--format <FORMAT>")]
        [Description("text or json.")]
        [DefaultValue("text")]
        public string Format { get; init; } = "text";

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Count < 1 ? ValidationResult.Error("--count counts from 1.")
            : Format is not ("text" or "json") ? ValidationResult.Error($"--format {Format} is unknown; write text or json.")
            : Filters.FirstOrDefault(filter => !filter.Contains('=', StringComparison.Ordinal)) is { } fault ? ValidationResult.Error($"--filter {fault} has no =; write --filter brand=X.")
            : ValidationResult.Success();
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var shop = settings.ShopYaml is null && settings.Workspace is not null ? null : ShopConfiguration.Load(settings.ShopYaml ?? "shop.yaml");
        var workspace = new Workspace(Path.GetFullPath(settings.Workspace ?? Path.Combine(shop?.Folder ?? ".", "workspace")));
        var folder = workspace.Stage(IndexStage.StageName);
        if (StageManifest.Read(folder) is { NotApplicable: { } reason }) throw new WorkspaceException($"There is no index in {workspace.Folder}: {reason}.");
        using var encoder = settings.By == SearchIndex.Words ? null : Encoder(folder, workspace);
        using var index = SearchIndex.Open(folder, encoder is null ? null : encoder.Query);
        var by = settings.By ?? index.DefaultName;
        var result = index.Get(by).Search(new SearchRequest
        {
            Text = settings.Query,
            Count = settings.Count,
            Filters = new SortedDictionary<string, string>(settings.Filters.Select(filter => filter.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1]), StringComparer.Ordinal),
            Facets = ListOption.Of(settings.Facets),
        });
        var locale = settings.Locale ?? (settings.Query.EnumerateRunes().Any(rune => rune.Value is >= 0x3400 and <= 0x9FFF) ? "zh" : null);
        if (settings.Format == "json") Console.Out.WriteLine(ToJson(settings.Query, by, locale, result, index.Products).ToJsonString(StageJson.Options));
        else Print(by, locale, result, index.Products, shop?.Currency ?? "");
        return ExitCodes.Done;
    }

    private static OpenEncoder? Encoder(string folder, Workspace workspace)
    {
        var card = SearchIndex.ReadCard(folder);
        return card.Encoder is { Length: > 0 } name && card.EncoderVersion is { Length: > 0 } version
            ? TextEncoders.Registered(new ModelRegistry(workspace.Models, TimeProvider.System), name, version, 1) : null;
    }

    private static JsonObject ToJson(string query, string by, string? locale, SearchResult result, ProductColumns products) => new()
    {
        ["format"] = "touchstone.search/1",
        ["query"] = query,
        ["by"] = by,
        ["matches"] = result.MatchCount,
        ["hits"] = new JsonArray([.. result.Hits.Select((hit, place) =>
        {
            var at = products.IndexOf(hit.Product);
            return new JsonObject
            {
                ["rank"] = place + 1,
                ["product"] = hit.Product,
                ["score"] = hit.Score,
                ["title"] = products.Title(at, locale),
                ["brand"] = products.Brand(at, locale),
                ["category"] = products.Category(at, locale),
                ["price"] = double.IsNaN(products.Prices[at]) ? null : products.Prices[at],
            };
        })]),
        ["facets"] = new JsonObject(result.Facets.Select(facet => KeyValuePair.Create<string, JsonNode?>(
            facet.Key, new JsonArray([.. facet.Value.Select(count => new JsonObject { ["value"] = count.Value, ["count"] = count.Count })])))),
    };

    private static void Print(string by, string? locale, SearchResult result, ProductColumns products, string currency)
    {
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.MatchCount:#,##0} products match ({by})"));
        if (result.Hits.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("#").RightAligned()).AddColumn("title").AddColumn("brand")
                .AddColumn(new TableColumn(currency.Length > 0 ? $"price {currency}" : "price").RightAligned()).AddColumn("product").AddColumn(new TableColumn("score").RightAligned());
            foreach (var (place, hit) in result.Hits.Index())
            {
                var at = products.IndexOf(hit.Product);
                string[] cells =
                [
                    (place + 1).ToString(CultureInfo.InvariantCulture), products.Title(at, locale), products.Brand(at, locale),
                    double.IsNaN(products.Prices[at]) ? "" : products.Prices[at].ToString("#,##0.00", CultureInfo.InvariantCulture), hit.Product,
                    hit.Score.ToString("0.0000", CultureInfo.InvariantCulture),
                ];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }

            AnsiConsole.Write(table);
        }

        foreach (var (field, counts) in result.Facets)
            AnsiConsole.WriteLine($"{field}: {string.Join(", ", counts.Take(20).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Count}")))}{(counts.Count > 20 ? ", …" : "")}");
    }
}
