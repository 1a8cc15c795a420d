using System.Globalization;

namespace Touchstone.Learning;

/// <summary>Reads options as text; errors name the option, what it says and what is expected.</summary>
/// <param name="owner">Whose options they are, as shop.yaml names it.</param>
/// <param name="options">Name → text.</param>
internal sealed class OptionTable(string owner, IReadOnlyDictionary<string, string> options)
{
    /// <summary>Refuses names that are not known.</summary>
    /// <exception cref="TrainingOptionException">An unknown name.</exception>
    public OptionTable Only(params IEnumerable<string> known)
    {
        string[] sorted = [.. known.Order(StringComparer.Ordinal)];
        foreach (var name in options.Keys.Order(StringComparer.Ordinal))
            if (!sorted.Contains(name)) throw new TrainingOptionException($"{owner} has no option \"{name}\"; known: {string.Join(", ", sorted)}.");
        return this;
    }

    /// <summary>A number in [low, high].</summary>
    /// <exception cref="TrainingOptionException">No number, or out of range.</exception>
    public double Number(string name, double otherwise, double low, double high)
    {
        if (!options.TryGetValue(name, out var text)) return otherwise;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new TrainingOptionException($"{owner}: {name} \"{text}\" is not a number; write for example {otherwise.ToString("R", CultureInfo.InvariantCulture)}.");
        return value >= low && value <= high ? value
            : throw new TrainingOptionException(FormattableString.Invariant($"{owner}: {name} = {text}; expected {low} to {high}."));
    }

    /// <summary>A whole number in [low, high].</summary>
    /// <exception cref="TrainingOptionException">No whole number, or out of range.</exception>
    public long Whole(string name, long otherwise, long low, long high)
    {
        if (!options.TryGetValue(name, out var text)) return otherwise;
        if (!long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new TrainingOptionException($"{owner}: {name} \"{text}\" is not a whole number; write for example {otherwise.ToString(CultureInfo.InvariantCulture)}.");
        return value >= low && value <= high ? value
            : throw new TrainingOptionException(FormattableString.Invariant($"{owner}: {name} = {text}; expected {low} to {high}."));
    }

    /// <summary>A text, or what stands otherwise.</summary>
    public string Text(string name, string otherwise) => options.TryGetValue(name, out var text) ? text : otherwise;
}
