using Touchstone.Domain;

namespace Touchstone.Data.Configuration;

/// <summary>Binds one entry of <c>catalogue:</c> or <c>events:</c>.</summary>
internal static class SourceYaml
{
    public static SourceDefinition Read(YamlMap map, YamlFile file, IReadOnlyList<string> fields)
    {
        var d = new SourceDefinition { Path = "" };
        var path = map.TextOrNull("path") ?? throw new ConfigurationException(file.Name, map.LineNumber, $"{map.Full("path")} is missing; name a file, or a pattern with *.");
        var lines = new Dictionary<string, long>();
        var columns = Columns(map.Map("columns"), fields, lines);
        var source = d with
        {
            Path = path,
            LineNumber = map.LineNumber,
            Format = map.ChoiceOrNull<SourceFormat>("format") ?? d.Format,
            Delimiter = map.Text("delimiter", "auto") == "auto" ? null : map.CharOrNull("delimiter"),
            Quotes = map.ChoiceOrNull<QuoteUse>("quotes") ?? d.Quotes,
            Encoding = map.Text("encoding", d.Encoding),
            DecimalSeparator = map.CharOrNull("decimal") ?? d.DecimalSeparator,
            Kind = map.ChoiceOrNull<InteractionKind>("kind"),
            Kinds = Kinds(map.Map("kinds"), file),
            ReturnWhen = Return(map, file, lines),
            Columns = columns,
            ColumnLineNumbers = lines,
            CategorySeparator = map.Text("category_separator", d.CategorySeparator),
            TimeFormat = map.Text("time_format", d.TimeFormat),
            NullValues = map.Texts("null_values") ?? d.NullValues,
            Future = Named(map, "future", lines),
            Attributes = Named(map, "attributes", lines),
            PriceIn = map.ChoiceOrNull<PriceUnit>("price_in") ?? d.PriceIn,
        };
        map.Finish();
        foreach (var (field, column) in source.Columns)
        {
            if (source.Future.Contains(column))
                throw new ConfigurationException(file.Name, lines.GetValueOrDefault(column, source.LineNumber), $"column \"{column}\" is mapped to {field} and named under future; a snapshot of the future cannot be read, take it off one of them.");
        }

        if (source.Encoding.Length > 0 && Sources.TextEncodings.Find(source.Encoding) is null)
            throw new ConfigurationException(file.Name, map.Line("encoding"), $"encoding \"{source.Encoding}\" is not known; write utf-8, latin1, windows-1252, gb18030 or another name of .NET.");
        return source;
    }

    private static Dictionary<string, string> Columns(YamlMap map, IReadOnlyList<string> fields, Dictionary<string, long> lines)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (map.TextOrNull(field) is not { } column) continue;
            columns[field] = column;
            lines[column] = map.Line(field);
        }

        map.Finish();
        // `field:` with nothing behind switches the field off, even where a column has its name.
        foreach (var (key, _) in map.Keys) columns.TryAdd(key, "");
        return columns;
    }

    private static Dictionary<string, InteractionKind> Kinds(YamlMap map, YamlFile file)
    {
        var kinds = new Dictionary<string, InteractionKind>(StringComparer.Ordinal);
        foreach (var (text, _) in map.Keys)
        {
            if (map.Value(text) is { } value) kinds[text] = file.Choice<InteractionKind>(value, map.Full(text));
        }

        return kinds;
    }

    private static ReturnRule? Return(YamlMap source, YamlFile file, Dictionary<string, long> lines)
    {
        if (!source.Has("return_when")) return null;
        var map = source.Map("return_when");
        var column = map.TextOrNull("column");
        var start = map.TextOrNull("starts_with");
        map.Finish();
        if (string.IsNullOrEmpty(column) || string.IsNullOrEmpty(start))
            throw new ConfigurationException(file.Name, map.LineNumber, $"{source.Full("return_when")} needs column and starts_with, such as {{column: InvoiceNo, starts_with: \"C\"}}.");
        lines[column] = map.Line("column");
        return new ReturnRule(column, start);
    }

    private static IReadOnlyList<string> Named(YamlMap map, string key, Dictionary<string, long> lines)
    {
        var names = map.Texts(key) ?? [];
        foreach (var name in names) lines.TryAdd(name, map.Line(key));
        return names;
    }
}
