using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>What the judge's YAML (or JSON, which is YAML) files share.</summary>
internal static class JudgeYaml
{
    // Half the width of a normal interval over its standard error, at the levels that files state.
    private static double Reach(double level) => Numerics.Distributions.NormalQuantile((1 + level) / 2);

    /// <summary>Opens a file of a version 1 form.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">It is not YAML, or of another version.</exception>
    internal static YamlMap Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path) ? Read(File.ReadAllText(path), path) : throw new SourceException(path, 0, "is not there; check the path.");
    }

    /// <summary>Reads the text of a version 1 form.</summary>
    /// <exception cref="ConfigurationException">It is not YAML, or of another version.</exception>
    internal static YamlMap Read(string yaml, string path)
    {
        var root = new YamlFile(Path.GetFileName(path), Environment.GetEnvironmentVariable).Root(yaml);
        var version = root.Integer("version", 1, 1);
        return version == 1 ? root : throw root.Fault("version", $"version is {version}; this Touchstone reads version 1.");
    }

    /// <summary>A figure with <c>value</c> and either <c>standard_error</c> or <c>low</c> and <c>high</c>; it must be there.</summary>
    internal static Estimate Estimate(YamlMap map, string key, int count)
    {
        if (!map.Has(key)) throw map.Missing(key, "write {value: …, standard_error: …}.");
        var entry = map.Map(key);
        var value = entry.NeedNumber("value", double.NegativeInfinity, "write the difference, challenger less champion.");
        var level = entry.Number("level", 0.95, 0.5, 0.9999);
        var (error, low, high) = (entry.NumberOrNull("standard_error", 0), entry.NumberOrNull("low", double.NegativeInfinity), entry.NumberOrNull("high", double.NegativeInfinity));
        var full = map.Full(key);
        entry.Finish();
        if (low is null != high is null) throw entry.Fault($"{full} has one end of its interval only; write low and high.");
        if (low > value || high < value) throw entry.Fault($"{full} has low {low:R}, value {value:R}, high {high:R}; expected low <= value <= high.");
        if (error is null && low is null) throw entry.Fault($"{full} has neither standard_error nor low and high; write one of them.");
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
            Unit = "",
        };
    }

    internal static bool IsHigherBetter(YamlMap map)
    {
        var text = map.Text("good", "higher");
        return text is "higher" or "lower" ? text == "higher" : throw map.Fault("good", $"{map.Full("good")} \"{text}\" is not known; write higher or lower.");
    }
}
