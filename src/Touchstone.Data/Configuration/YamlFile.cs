using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Configuration;

/// <summary>What belongs to the whole file: its name for messages, and the environment.</summary>
internal sealed partial class YamlFile(string name, Func<string, string?> environment)
{
    public string Name { get; } = name;

    /// <summary>The file's map of keys; empty where the file holds nothing.</summary>
    public YamlMap Root(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml.TrimStart('\uFEFF')));
        }
        catch (YamlException e)
        {
            throw new ConfigurationException(Name, Math.Max(e.Start.Line, e.End.Line), $"is not YAML here: {e.Message.TrimEnd('.')}. Check indentation, colons and quotes.", e);
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet's scanner ends so on a flow list or map that is never closed.
            throw new ConfigurationException(Name, 0, "is not YAML: a [ or { is never closed. Close it, or write one entry a line.", e);
        }

        if (stream.Documents.Count == 0) return new YamlMap(null, this, "", 1);
        return stream.Documents[0].RootNode switch
        {
            YamlMappingNode map => new YamlMap(map, this, "", 1),
            var node when IsNull(node) => new YamlMap(null, this, "", 1),
            var node => throw Fault(node, "must be a map of keys, such as `shop: My shop`."),
        };
    }

    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    public ConfigurationException Fault(YamlNode node, string problem) => new(Name, node.Start.Line, problem);

    public string Key(YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw Fault(node, "a key must be a plain text.");

    public string Text(YamlNode node, string what)
    {
        if (node is not YamlScalarNode scalar) throw Fault(node, $"{what} must be a single value, not a {(node is YamlSequenceNode ? "list" : "map")}.");
        return Variable.Replace(scalar.Value ?? "", match =>
        {
            var value = environment(match.Groups[1].Value);
            if (!string.IsNullOrEmpty(value)) return value;
            return match.Groups[2].Success ? match.Groups[3].Value
                : throw Fault(node, $"{what} needs the environment variable {match.Groups[1].Value}, which is not set; set it, or write ${{{match.Groups[1].Value}:-default}}.");
        });
    }

    public bool Flag(YamlNode node, string what) => Text(node, what) switch
    {
        "true" => true,
        "false" => false,
        var text => throw Fault(node, $"{what} \"{text}\" is not true or false."),
    };

    public int Integer(YamlNode node, string what, int minimum, int maximum)
    {
        var text = Text(node, what);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Fault(node, $"{what} \"{text}\" is not a whole number.");
        if (number >= minimum && number <= maximum) return number;
        throw Fault(node, maximum == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{what} is {number}; expected at least {minimum}.")
            : string.Create(CultureInfo.InvariantCulture, $"{what} is {number}; expected {minimum} to {maximum}."));
    }

    public T Choice<T>(YamlNode node, string what) where T : struct, Enum
    {
        var text = Text(node, what);
        var names = Enum.GetNames<T>();
        var kebab = Array.ConvertAll(names, System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName);
        var at = Array.IndexOf(kebab, text);
        return at >= 0 ? Enum.Parse<T>(names[at]) : throw Fault(node, $"{what} \"{text}\" is not known{NearestName.Suggestion(text, kebab)}");
    }

    public IEnumerable<YamlNode> Items(YamlNode node, string what) => node switch
    {
        YamlSequenceNode list => list.Children,
        YamlScalarNode scalar => [scalar],
        _ => throw Fault(node, $"{what} must be a list."),
    };

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable { get; }
}
