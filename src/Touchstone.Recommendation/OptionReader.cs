using System.Globalization;

namespace Touchstone.Recommendation;

/// <summary>Reads a recommender's options from text pairs, as shop.yaml and a model's config.json hold them.</summary>
internal sealed class OptionReader(string model, IReadOnlyDictionary<string, string> stated)
{
    private readonly List<string> _known = [];

    /// <summary>A number with an invariant decimal point.</summary>
    internal double Number(string name, double otherwise) => Find(name) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw new OptionException($"{model}: {name} \"{text}\" is not a number; write for example 0.5.");

    /// <summary>A whole number.</summary>
    internal int Whole(string name, int otherwise) => Find(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw new OptionException($"{model}: {name} \"{text}\" is not a whole number; write for example 100.");

    /// <summary>One of some words.</summary>
    internal T Choice<T>(string name, T otherwise) where T : struct, Enum => Find(name) is not { } text ? otherwise
        : Array.Find(Enum.GetValues<T>(), value => Word(value) == text) is var found && Word(found) == text ? found
        : throw new OptionException($"{model}: {name} \"{text}\" is unknown; write one of {string.Join(", ", Enum.GetValues<T>().Select(Word))}.");

    /// <summary>Ends the reading.</summary>
    /// <exception cref="OptionException">An option was stated that nobody asked for.</exception>
    internal void Finish()
    {
        foreach (var name in stated.Keys.Order(StringComparer.Ordinal))
        {
            if (_known.Contains(name)) continue;
            var nearest = _known.MinBy(known => Distance(known, name));
            throw new OptionException($"{model} has no option \"{name}\"; did you mean \"{nearest}\"? Known: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>A number as text that reads back to the same bits.</summary>
    internal static string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A whole number as text.</summary>
    internal static string Print(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A choice as the word that <see cref="Choice"/> reads.</summary>
    internal static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Checks a range.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="OptionException">Outside.</exception>
    internal static double InRange(double value, string name, double low, double high) => value >= low && value <= high ? value
        : throw new OptionException($"{name} = {Print(value)}; expected {(double.IsPositiveInfinity(high) ? $"at least {Print(low)}" : $"between {Print(low)} and {Print(high)}")}.");

    /// <summary>Checks a range.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="OptionException">Outside.</exception>
    internal static int InRange(int value, string name, int low, int high) => value >= low && value <= high ? value
        : throw new OptionException($"{name} = {Print(value)}; expected {(high == int.MaxValue ? $"at least {Print(low)}" : $"between {Print(low)} and {Print(high)}")}.");

    private string? Find(string name)
    {
        _known.Add(name);
        return stated.GetValueOrDefault(name);
    }

    // Levenshtein's distance, two rows at a time.
    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
