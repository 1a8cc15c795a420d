using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Cli.Commands;

/// <summary>Recall@10 of one model on cold products, and how far the first model is above it.</summary>
/// <param name="Model">Name.</param>
/// <param name="Recall">Share of the cold purchases that its list of 10 holds.</param>
/// <param name="FirstAhead">The first model's recall minus this one's; null for the first.</param>
internal sealed record ColdFigure(string Model, Estimate Recall, Estimate? FirstAhead);

/// <summary>What <c>benchmark cold</c> measured.</summary>
internal sealed record ColdFigures
{
    /// <summary>Products that training did not see.</summary>
    public required int ColdProducts { get; init; }

    /// <summary>All products.</summary>
    public required int Products { get; init; }

    /// <summary>Judged shoppers: their test product is a cold one.</summary>
    public required int Cases { get; init; }

    /// <summary>Ranked among all products.</summary>
    public required IReadOnlyList<ColdFigure> AmongAll { get; init; }

    /// <summary>Ranked among the cold products.</summary>
    public required IReadOnlyList<ColdFigure> AmongCold { get; init; }

    /// <summary>Means with intervals from the paired bootstrap over shoppers.</summary>
    public static IReadOnlyList<ColdFigure> Compare(IReadOnlyList<(string Name, IRecommender Model)> models, double[][] recalls, BootstrapOptions options, CancellationToken cancellation)
    {
        var sums = PairedBootstrap.Resample(recalls, options, cancellation);
        var count = recalls[0].Length;
        Estimate Mean(double total, IEnumerable<double> replicates) => ReplicateEstimate.Percentile(total / count, [.. replicates.Select(sum => sum / count)], options.Level, count);
        return
        [
            .. models.Select((model, i) => new ColdFigure(
                model.Name,
                Mean(sums.Totals[i], sums.Replicates[i]),
                i == 0 ? null : Mean(sums.Totals[0] - sums.Totals[i], sums.Replicates[0].Zip(sums.Replicates[i], (first, other) => first - other)))),
        ];
    }

    /// <summary>As tables.</summary>
    public void Print(IAnsiConsole console, double share, ulong seed)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ColdProducts:#,##0} of {Products:#,##0} products (share {share}, seed {seed}) were in no training row, no training text and no vocabulary count."));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cases:#,##0} shoppers whose test product is one of them; recall@10, history removed, ties by id; 95 % intervals by the bootstrap over shoppers."));
        foreach (var (title, figures) in new[] { ("Among all products", AmongAll), ("Among the cold products", AmongCold) })
        {
            var table = new Table().Border(TableBorder.Simple).Title(title);
            foreach (var heading in (string[])["model", "recall@10", "95 % interval", "meaning ahead by", "95 % interval"]) table.AddColumn(new TableColumn(heading));
            foreach (var figure in figures)
            {
                table.AddRow(
                    figure.Model, Text(figure.Recall.Value), $"{Text(figure.Recall.Low)} to {Text(figure.Recall.High)}",
                    figure.FirstAhead is { } ahead ? Signed(ahead.Value) : "", figure.FirstAhead is { } interval ? $"{Signed(interval.Low)} to {Signed(interval.High)}" : "");
            }

            console.Write(table);
        }
    }

    /// <summary>As JSON of the form touchstone.benchmark-cold/1.</summary>
    public JsonObject ToJson(double share, ulong seed)
    {
        JsonArray Results(string candidates, IReadOnlyList<ColdFigure> figures) =>
        [
            .. figures.Select(figure => (JsonNode)new JsonObject
            {
                ["model"] = figure.Model,
                ["candidates"] = candidates,
                ["recall@10"] = figure.Recall.Value,
                ["low"] = figure.Recall.Low,
                ["high"] = figure.Recall.High,
                ["meaning_ahead"] = figure.FirstAhead?.Value,
                ["meaning_ahead_low"] = figure.FirstAhead?.Low,
                ["meaning_ahead_high"] = figure.FirstAhead?.High,
            }),
        ];
        var results = Results("all", AmongAll);
        foreach (var result in Results("cold", AmongCold).ToList()) results.Add(result?.DeepClone());
        return new JsonObject
        {
            ["format"] = "touchstone.benchmark-cold/1",
            ["share"] = share,
            ["seed"] = seed,
            ["products"] = Products,
            ["cold_products"] = ColdProducts,
            ["shoppers"] = Cases,
            ["results"] = results,
        };
    }

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.0000;−0.0000;0.0000", CultureInfo.InvariantCulture);
}
