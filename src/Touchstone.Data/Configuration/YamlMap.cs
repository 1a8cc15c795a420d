using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Configuration;

/// <summary>A mapping of shop.yaml as it is read: each key asked for is a known key, and <see cref="Finish"/> refuses all others.</summary>
internal sealed class YamlMap(YamlMappingNode? node, YamlFile file, string name, long lineNumber)
{
    private readonly List<string> _known = [];

    /// <summary>Line of the mapping, from 1.</summary>
    public long LineNumber { get; } = lineNumber;

    /// <summary>Keys as written, in order, with the line of each.</summary>
    public IEnumerable<(string Key, long LineNumber)> Keys => node is null ? [] : node.Children.Keys.Select(key => (file.Key(key), key.Start.Line));

    public bool Has(string key) => Value(key) is not null;

    public long Line(string key) => Value(key)?.Start.Line ?? LineNumber;

    /// <summary>The node of a key; null where it is absent or empty.</summary>
    public YamlNode? Value(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        if (node is null) return null;
        foreach (var (at, value) in node.Children)
        {
            if (at is YamlScalarNode scalar && scalar.Value == key) return YamlFile.IsNull(value) ? null : value;
        }

        return null;
    }

    public string Text(string key, string whenAbsent) => Value(key) is { } value ? file.Text(value, Full(key)) : whenAbsent;

    public string? TextOrNull(string key) => Value(key) is { } value ? file.Text(value, Full(key)) : null;

    /// <summary>A text that must be there.</summary>
    public string Need(string key, string? remedy = null) => TextOrNull(key) is { Length: > 0 } text ? text : throw Missing(key, remedy);

    /// <summary>A number that must be there.</summary>
    public double NeedNumber(string key, double minimum, string remedy, double maximum = double.PositiveInfinity) => NumberOrNull(key, minimum, maximum) ?? throw Missing(key, remedy);

    public bool Flag(string key, bool whenAbsent) => Value(key) is { } value ? file.Flag(value, Full(key)) : whenAbsent;

    public double Number(string key, double whenAbsent, double minimum, double maximum = double.PositiveInfinity) => NumberOrNull(key, minimum, maximum) ?? whenAbsent;

    public double? NumberOrNull(string key, double minimum, double maximum = double.PositiveInfinity)
    {
        if (Value(key) is not { } value) return null;
        var text = file.Text(value, Full(key));
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw file.Fault(value, $"{Full(key)} \"{text}\" is not a number{(text.Contains(',', StringComparison.Ordinal) ? $"; write {text.Replace(',', '.')}" : "")}.");
        return number >= minimum && number <= maximum ? number : throw file.Fault(value, OutOfBounds(key, text, minimum, maximum));
    }

    public int Integer(string key, int whenAbsent, int minimum, int maximum = int.MaxValue) => IntegerOrNull(key, minimum, maximum) ?? whenAbsent;

    public int? IntegerOrNull(string key, int minimum, int maximum = int.MaxValue) => Value(key) is { } value ? file.Integer(value, Full(key), minimum, maximum) : null;

    public ulong UnsignedInteger(string key, ulong whenAbsent)
    {
        if (Value(key) is not { } value) return whenAbsent;
        var text = file.Text(value, Full(key));
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw file.Fault(value, $"{Full(key)} \"{text}\" is not a whole number from 0.");
    }

    public DateOnly? DateOrNull(string key)
    {
        if (Value(key) is not { } value) return null;
        var text = file.Text(value, Full(key));
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw file.Fault(value, $"{Full(key)} \"{text}\" is not a date; write it as 2026-03-31.");
    }

    public char? CharOrNull(string key)
    {
        if (Value(key) is not { } value) return null;
        var text = file.Text(value, Full(key));
        if (text is "tab" or "\\t") return '\t';
        return text.Length == 1 && text[0] < 128 ? text[0] : throw file.Fault(value, $"{Full(key)} \"{text}\" is not one character (or tab).");
    }

    /// <summary>One of an enumeration's names in kebab-case; null where absent or <c>auto</c> and there is no such member.</summary>
    public T? ChoiceOrNull<T>(string key) where T : struct, Enum
    {
        if (Value(key) is not { } value) return null;
        var text = file.Text(value, Full(key));
        if (text == "auto" && !Enum.IsDefined(typeof(T), "Auto")) return null;
        return file.Choice<T>(value, Full(key));
    }

    public IReadOnlyList<string>? Texts(string key) =>
        Value(key) is { } value ? [.. file.Items(value, Full(key)).Select(item => YamlFile.IsNull(item) ? "" : file.Text(item, Full(key)))] : null;

    public IReadOnlyList<int>? Integers(string key, int minimum) =>
        Value(key) is { } value ? [.. file.Items(value, Full(key)).Select(item => file.Integer(item, Full(key), minimum, int.MaxValue))] : null;

    public YamlMap Map(string key) => Value(key) switch
    {
        null => new YamlMap(null, file, Full(key), LineNumber),
        YamlMappingNode map => new YamlMap(map, file, Full(key), map.Start.Line),
        var other => throw file.Fault(other, $"{Full(key)} is not a map; write it as `{key}: {{name: value}}`."),
    };

    /// <summary>A map that must be there.</summary>
    public YamlMap NeedMap(string key) => Has(key) ? Map(key) : throw Missing(key);

    /// <summary>A list of maps; empty where the key is absent.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isNumbered">Whether messages name an entry by its place, as in <c>metrics[2]</c>.</param>
    public IEnumerable<YamlMap> Maps(string key, bool isNumbered = false) => Value(key) is not { } value ? [] : file.Items(value, Full(key)).Select((item, i) => item is YamlMappingNode map
        ? new YamlMap(map, file, isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{Full(key)}[{i}]") : Full(key), map.Start.Line)
        : throw file.Fault(item, $"{Full(key)} must be a list of maps; write each entry as `- {{name: value}}`."));

    /// <summary>The fault of a key that must be there.</summary>
    public ConfigurationException Missing(string key, string? remedy = null) => Fault($"{Full(key)} is missing{(remedy is null ? "." : "; " + remedy)}");

    /// <summary>A fault of the mapping as a whole.</summary>
    public ConfigurationException Fault(string problem) => new(file.Name, LineNumber, problem);

    /// <summary>A fault of a key.</summary>
    public ConfigurationException Fault(string key, string problem) => new(file.Name, Line(key), problem);

    /// <summary>Refuses keys that were not asked for.</summary>
    public void Finish()
    {
        foreach (var (key, line) in Keys)
        {
            if (!_known.Contains(key))
                throw new ConfigurationException(file.Name, line, $"unknown key \"{key}\"{(name.Length > 0 ? $" in {name}" : "")}{NearestName.Suggestion(key, _known)}");
        }
    }

    public string Full(string key) => name.Length == 0 ? key : $"{name}.{key}";

    private string OutOfBounds(string key, string text, double minimum, double maximum) => double.IsPositiveInfinity(maximum)
        ? string.Create(CultureInfo.InvariantCulture, $"{Full(key)} is {text}; expected at least {minimum}.")
        : string.Create(CultureInfo.InvariantCulture, $"{Full(key)} is {text}; expected {minimum} to {maximum}.");
}
