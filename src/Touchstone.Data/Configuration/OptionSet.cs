using System.Collections.Immutable;
using System.Globalization;

namespace Touchstone.Data.Configuration;

/// <summary>
/// A name with options as shop.yaml gives them (a cleaning rule, a model). Whoever owns the name reads each option with its default
/// and then calls <see cref="CheckKnown"/>; a fault names file and line.
/// </summary>
public sealed record OptionSet
{
    /// <summary>What the options belong to, e.g. <c>item-knn</c>.</summary>
    public required string Name { get; init; }

    /// <summary>False where shop.yaml says <c>name: false</c>.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Option → its text; a list has its items joined by <c>\n</c>.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Option → line in shop.yaml, from 1.</summary>
    internal IReadOnlyDictionary<string, long> LineNumbers { get; init; } = new Dictionary<string, long>();

    /// <summary>Name of the file for messages.</summary>
    internal string File { get; init; } = "shop.yaml";

    /// <summary>Line of the name in shop.yaml, from 1; 0 where it does not come from a file.</summary>
    internal long LineNumber { get; init; }

    /// <summary>Text of an option, or the default.</summary>
    public string Text(string option, string whenAbsent) => Values.GetValueOrDefault(option, whenAbsent);

    /// <summary>A list of texts, or the default; a single value is a list of one.</summary>
    public IReadOnlyList<string> Texts(string option, IReadOnlyList<string> whenAbsent) =>
        Values.TryGetValue(option, out var text) ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : whenAbsent;

    /// <summary>A number within bounds, or the default.</summary>
    /// <exception cref="ConfigurationException">Not a number, or out of bounds.</exception>
    public double Number(string option, double whenAbsent, double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        if (!Values.TryGetValue(option, out var text)) return whenAbsent;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value))
            throw Fault(option, $"\"{text}\" is not a number");
        return value >= minimum && value <= maximum ? value
            : throw Fault(option, string.Create(CultureInfo.InvariantCulture, $"is {text}; expected {minimum} to {maximum}"));
    }

    /// <summary>A whole number within bounds, or the default.</summary>
    /// <exception cref="ConfigurationException">Not a whole number, or out of bounds.</exception>
    public int WholeNumber(string option, int whenAbsent, int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (!Values.TryGetValue(option, out var text)) return whenAbsent;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Fault(option, $"\"{text}\" is not a whole number");
        return value >= minimum && value <= maximum ? value
            : throw Fault(option, string.Create(CultureInfo.InvariantCulture, $"is {text}; expected {minimum} to {maximum}"));
    }

    /// <summary>True or false, or the default.</summary>
    /// <exception cref="ConfigurationException">Neither true nor false.</exception>
    public bool Flag(string option, bool whenAbsent)
    {
        if (!Values.TryGetValue(option, out var text)) return whenAbsent;
        return text.ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            _ => throw Fault(option, $"\"{text}\" is not true or false"),
        };
    }

    /// <summary>Refuses options that nobody reads.</summary>
    /// <param name="known">Names of the options that exist.</param>
    /// <exception cref="ConfigurationException">An unknown option; names the nearest known one.</exception>
    public void CheckKnown(params IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        foreach (var option in Values.Keys)
        {
            if (!known.Contains(option, StringComparer.Ordinal))
                throw new ConfigurationException(File, LineNumbers.GetValueOrDefault(option, LineNumber), $"unknown option \"{option}\" of {Name}{NearestName.Suggestion(option, known)}");
        }
    }

    /// <summary>A fault of the name itself, with file and line: for an owner that does not know the name.</summary>
    /// <param name="what">What the name should be, e.g. <c>model</c>.</param>
    /// <param name="known">Names that exist.</param>
    public ConfigurationException Unknown(string what, IReadOnlyCollection<string> known) =>
        new(File, LineNumber, $"unknown {what} \"{Name}\"{NearestName.Suggestion(Name, known)}");

    /// <summary>A fault of one option, with file and line.</summary>
    public ConfigurationException Fault(string option, string problem) =>
        new(File, LineNumbers.GetValueOrDefault(option, LineNumber), $"{Name}.{option} {problem}");
}
