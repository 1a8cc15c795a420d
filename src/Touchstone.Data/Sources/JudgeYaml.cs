using Touchstone.Data.Configuration;
using Touchstone.Domain;
using YamlDotNet.RepresentationModel;

namespace Touchstone.Data.Sources;

/// <summary>What the judge's YAML (or JSON, which is YAML) files share.</summary>
internal static class JudgeYaml
{
    // Half the width of a normal interval over its standard error, at the levels that files state.
    private static double Reach(double level) => Numerics.Distributions.NormalQuantile((1 + level) / 2);

    /// <summary>Opens a file of a version 1 form.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">It is not YAML, or of another version.</exception>
    internal static (YamlFile File, YamlMap Root) Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new SourceException(path, 0, "is not there; check the path.");
        var file = new YamlFile(Path.GetFileName(path), Environment.GetEnvironmentVariable);
        var root = file.Root(File.ReadAllText(path));
        var version = root.Integer("version", 1, 1);
        return version == 1 ? (file, root) : throw new ConfigurationException(file.Name, root.Line("version"), $"version is {version}; this Touchstone reads version 1.");
    }

    internal static string Need(YamlMap map, YamlFile file, string key, string remedy) =>
        map.TextOrNull(key) is { Length: > 0 } text ? text : throw new ConfigurationException(file.Name, map.LineNumber, $"{map.Full(key)} is missing; {remedy}");

    internal static double NeedNumber(YamlMap map, YamlFile file, string key, double minimum, string remedy) =>
        map.NumberOrNull(key, minimum) ?? throw new ConfigurationException(file.Name, map.LineNumber, $"{map.Full(key)} is missing; {remedy}");

    internal static bool Flag(YamlMap map, YamlFile file, string key, bool whenAbsent) => map.Value(key) is { } value ? file.Flag(value, map.Full(key)) : whenAbsent;

    internal static IEnumerable<YamlMap> Maps(YamlMap map, YamlFile file, string key)
    {
        if (map.Value(key) is not { } value) yield break;
        foreach (var item in file.Items(value, map.Full(key)))
        {
            yield return item is YamlMappingNode entry
                ? new YamlMap(entry, file, map.Full(key), entry.Start.Line)
                : throw file.Fault(item, $"{map.Full(key)} must be a list of maps; write `- metric: …`.");
        }
    }

    /// <summary>A figure with <c>value</c> and either <c>standard_error</c> or <c>low</c> and <c>high</c>; null where the key is absent.</summary>
    internal static Estimate? Estimate(YamlMap map, YamlFile file, string key, int count, string unit)
    {
        if (!map.Has(key)) return null;
        var entry = map.Map(key);
        var value = NeedNumber(entry, file, "value", double.NegativeInfinity, "write the difference, challenger less champion.");
        var level = entry.Number("level", 0.95, 0.5, 0.9999);
        var (error, low, high) = (entry.NumberOrNull("standard_error", 0), entry.NumberOrNull("low", double.NegativeInfinity), entry.NumberOrNull("high", double.NegativeInfinity));
        var line = entry.LineNumber;
        var full = map.Full(key);
        entry.Finish();
        if (low is null != high is null) throw new ConfigurationException(file.Name, line, $"{full} has one end of its interval only; write low and high.");
        if (low > value || high < value) throw new ConfigurationException(file.Name, line, $"{full} has low {low:R}, value {value:R}, high {high:R}; expected low <= value <= high.");
        if (error is null && low is null) throw new ConfigurationException(file.Name, line, $"{full} has neither standard_error nor low and high; write one of them.");
        var known = error ?? ((high - low) / 2 / Reach(level)) ?? double.NaN;
        // An error of 0 is no variance: an interval of no width would be certain by accident.
        return new Estimate
        {
            Value = value,
            Low = low ?? (known > 0 ? value - (Reach(level) * known) : double.NaN),
            High = high ?? (known > 0 ? value + (Reach(level) * known) : double.NaN),
            StandardError = known > 0 ? known : double.NaN,
            Level = level,
            Count = count,
            Unit = unit,
        };
    }

    internal static bool IsHigherBetter(YamlMap map, YamlFile file)
    {
        var text = map.Text("good", "higher");
        return text is "higher" or "lower" ? text == "higher" : throw new ConfigurationException(file.Name, map.Line("good"), $"{map.Full("good")} \"{text}\" is not known; write higher or lower.");
    }
}
