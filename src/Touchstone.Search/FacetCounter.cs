using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Search;

/// <summary>Counts the values of fields over matches: most first, then by value (ordinal UTF-8). A product without a value counts nowhere.</summary>
internal static class FacetCounter
{
    /// <summary>Fields that can be counted.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["brand", "category"];

    /// <exception cref="SearchRequestException">An unknown field.</exception>
    public static void Check(IReadOnlyList<string> facets)
    {
        foreach (var facet in facets)
            if (!Fields.Contains(facet, StringComparer.Ordinal)) throw new SearchRequestException($"There is no facet \"{facet}\"; known: {string.Join(", ", Fields)}.");
    }

    /// <summary>Counts by field.</summary>
    /// <param name="products">The products.</param>
    /// <param name="matches">Indexes of the matches.</param>
    /// <param name="facets">Fields asked for.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Count(ProductColumns products, IReadOnlyList<int> matches, IReadOnlyList<string> facets)
    {
        var counts = new SortedDictionary<string, IReadOnlyList<FacetCount>>(StringComparer.Ordinal);
        foreach (var facet in facets.Distinct(StringComparer.Ordinal))
        {
            var values = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var match in matches)
            {
                var value = facet == "brand" ? products.Brand(match) : products.Category(match);
                if (value.Length > 0) values[value] = values.GetValueOrDefault(value) + 1;
            }

            counts[facet] = [.. values.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, Utf8Ordinal.Comparer).Select(pair => new FacetCount(pair.Key, pair.Value))];
        }

        return counts;
    }
}
