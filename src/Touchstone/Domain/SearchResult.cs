namespace Touchstone.Domain;

/// <summary>A product that was found.</summary>
/// <param name="Product">Product id.</param>
/// <param name="Score">Higher is better; comparable within one result only.</param>
public readonly record struct SearchHit(string Product, double Score);

/// <summary>How many matches have a value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">Matches with it.</param>
public readonly record struct FacetCount(string Value, int Count);

/// <summary>What was found.</summary>
public sealed record SearchResult
{
    /// <summary>Nothing.</summary>
    public static SearchResult Empty { get; } = new() { Hits = [], MatchCount = 0 };

    /// <summary>Best first.</summary>
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>All products that match; for a search by meaning, all that pass the filters.</summary>
    public required int MatchCount { get; init; }

    /// <summary>Field → counts, most first, then by value (ordinal).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Facets { get; init; } = new SortedDictionary<string, IReadOnlyList<FacetCount>>(StringComparer.Ordinal);
}
