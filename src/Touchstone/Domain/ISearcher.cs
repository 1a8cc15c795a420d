namespace Touchstone.Domain;

/// <summary>Finds products for words. Instances are immutable and safe from many threads.</summary>
public interface ISearcher
{
    /// <summary>The name that reports, exposures and <c>?model=</c> use, e.g. <c>bm25</c>, <c>meaning</c>, <c>fused</c>.</summary>
    string Name { get; }

    /// <summary>The best products for a request; equal scores by product id ascending (ordinal UTF-8).</summary>
    SearchResult Search(SearchRequest request);
}
