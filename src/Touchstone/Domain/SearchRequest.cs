namespace Touchstone.Domain;

/// <summary>What a shopper asks for.</summary>
public sealed record SearchRequest
{
    /// <summary>The words, any Unicode text; nothing but blanks finds nothing.</summary>
    public required string Text { get; init; }

    /// <summary>Most hits, at least 1.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Field → value that a hit must have: <c>brand</c>, <c>category</c> (a path or the beginning of one); <c>price</c> takes a range <c>10..50</c> with either end open.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Fields whose values are counted over all matches: <c>brand</c>, <c>category</c>.</summary>
    public IReadOnlyList<string> Facets { get; init; } = [];
}
