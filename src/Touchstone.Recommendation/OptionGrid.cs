namespace Touchstone.Recommendation;

/// <summary>Combinations of options to choose from on validation.</summary>
internal static class OptionGrid
{
    /// <summary>The defaults (no option stated), then every other combination of the values, the last option varying fastest.</summary>
    /// <param name="defaults">All options of the defaults.</param>
    /// <param name="axes">Options and the values to try.</param>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(IReadOnlyDictionary<string, string> defaults, params (string Option, string[] Values)[] axes)
    {
        List<SortedDictionary<string, string>> combinations = [new(StringComparer.Ordinal)];
        foreach (var (option, values) in axes)
        {
            combinations = [.. from combination in combinations
                               from value in values
                               select new SortedDictionary<string, string>(combination, StringComparer.Ordinal) { [option] = value }];
        }

        var others = combinations.Where(combination => combination.Any(pair => defaults[pair.Key] != pair.Value));
        return [new SortedDictionary<string, string>(StringComparer.Ordinal), .. others];
    }
}
