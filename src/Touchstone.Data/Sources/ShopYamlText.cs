using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Writes a guessed shop.yaml with comments.</summary>
internal static partial class ShopYamlText
{
    private static readonly JsonSerializerOptions s_quoted = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, and what stays open.</summary>
    public static ShopGuess Write(string name, (IReadOnlyList<SourceGuess> Catalogue, IReadOnlyList<SourceGuess> Events) sources, List<string> notGuessed)
    {
        var (catalogue, events) = sources;
        var hasMoney = catalogue.Any(HasMoney) || events.Any(HasMoney);
        var currency = catalogue.Concat(events).Select(source => source.Currency).FirstOrDefault(code => code.Length > 0) ?? "";
        if (events.Count == 0) notGuessed.Add("No file was recognised as events (who did what with which product): add one under events.");
        if (hasMoney && currency.Length == 0) notGuessed.Add("No file names the currency: set currency, or there is no money verdict.");

        var text = new StringBuilder();
        text.Append("# Guessed from the first rows of each file: read it through, then `touchstone run shop.yaml`.\nversion: 1\n");
        Line(text, $"shop: {Scalar(name)}");
        Line(text, currency.Length > 0 ? $"currency: {currency} # as a column's name says" : "currency: \"\" # ISO code, such as EUR; without it there is no money verdict");
        text.Append("time_zone: UTC # zone of times that state no offset, such as Europe/London\n");
        text.Append("# locale: en\n# seed: 1\n# threads: 2\n\n");
        Sources(text, "catalogue", catalogue);
        Sources(text, "events", events);
        var target = Target(events);
        text.Append("split:\n");
        Line(text, $"  method: {Method(events)} # auto, leave-one-out, time or session");
        Line(text, $"  target: {target} # the kind of event that is judged: auto, purchase, view or rating");
        text.Append("\n# privacy: {shopper_ids: hash} # keep: ids as they are\n");
        Line(text, $"# models: [{string.Join(", ", ShopConfiguration.DefaultModels)}]");
        text.Append("# money: {margin_rate: 0.3, shoppers_a_year: 10000}\n");
        return new ShopGuess { Yaml = text.ToString(), NotGuessed = notGuessed, HasEvents = events.Count > 0 };
    }

    private static bool HasMoney(SourceGuess source) => (source["price"] ?? source["unit_price"] ?? source["line_total"]) is not null;

    private static string Target(IReadOnlyList<SourceGuess> events)
    {
        var kinds = events.SelectMany(source => source.Kinds).ToHashSet();
        return kinds.Contains(InteractionKind.Purchase) ? "purchase" : kinds.Contains(InteractionKind.Rating) ? "rating" : kinds.Contains(InteractionKind.View) ? "view" : "auto";
    }

    private static string Method(IReadOnlyList<SourceGuess> events)
    {
        if (events.Count == 0) return "auto";
        if (events.All(source => source.Sample.Format == SourceFormat.Sequences)) return "leave-one-out";
        // Sessions judge where shoppers are mostly unknown.
        return events.All(source => source["session"] is not null && (source["shopper"] is not { } shopper || source.Sample.Values(shopper).Count() * 2 < source.Sample.Rows.Count)) ? "session" : "auto";
    }

    private static void Sources(StringBuilder text, string key, IReadOnlyList<SourceGuess> sources)
    {
        if (sources.Count == 0)
        {
            Line(text, $"{key}: [] # none was recognised\n");
            return;
        }

        Line(text, $"{key}:");
        foreach (var source in sources) Source(text, source);
        text.Append('\n');
    }

    private static void Source(StringBuilder text, SourceGuess source)
    {
        var sample = source.Sample;
        Line(text, $"  - path: {Scalar(sample.Path)}");
        if (SourceStreams.FormatOf(sample.Path) != sample.Format)
            Line(text, $"    format: {JsonNamingPolicy.KebabCaseLower.ConvertName(sample.Format.ToString())}{(sample.Format == SourceFormat.Sequences ? " # one user a line, oldest first" : "")}");
        if (sample.Source.Encoding != "utf-8") Line(text, $"    encoding: {sample.Source.Encoding}");
        if (source.DecimalSeparator != '.') Line(text, $"    decimal: \"{source.DecimalSeparator}\"");
        if (source.Kind is { } kind) Line(text, $"    kind: {JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString())}");
        if (source.Columns.Count > 0)
        {
            text.Append("    columns:\n");
            foreach (var (field, column) in source.Columns) Line(text, $"      {field}: {Scalar(column)}");
        }

        if (source.ReturnMark is { } mark && source["order"] is { } order)
            Line(text, $"    return_when: {{column: {Scalar(order)}, starts_with: \"{mark}\"}} # such lines have negative quantities");
        if (source.TimeFormat != "auto") Line(text, $"    time_format: {Scalar(source.TimeFormat)}");
        if (source.CategorySeparator.Length > 0) Line(text, $"    category_separator: \"{source.CategorySeparator}\"");
        if (source.Future.Count > 0)
            Line(text, $"    future: [{string.Join(", ", source.Future.Select(Scalar))}] # popularity after the fact: never read");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Scalar(string value) => Plain.IsMatch(value) && !Reserved.IsMatch(value) ? value : JsonSerializer.Serialize(value, s_quoted);

    // A star at the start would be an alias of YAML.
    [GeneratedRegex(@"^[A-Za-z_./][A-Za-z0-9_./*-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain { get; }

    [GeneratedRegex("^(true|false|yes|no|on|off|null|y|n)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved { get; }
}
