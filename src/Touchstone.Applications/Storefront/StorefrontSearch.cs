using Touchstone.Domain;
using Touchstone.Search;
using Touchstone.Serving.Rollout;

namespace Touchstone.Applications.Storefront;

/// <summary>What words are answered from: one index, and the searchers over it that may serve.</summary>
public sealed class StorefrontSearch : IDisposable
{
    /// <summary>Every workspace's first champion of search.</summary>
    public const string FirstChampion = SearchIndex.Words;

    private readonly SearchIndex _index;

    private StorefrontSearch(SearchIndex index, ServingModels<SearchPolicy> searchers) => (_index, Searchers) = (index, searchers);

    /// <summary>Searchers by their right to serve.</summary>
    public ServingModels<SearchPolicy> Searchers { get; }

    /// <summary>Opens the index. A run may replace its folder meanwhile: the files that are open stay.</summary>
    /// <param name="folder">Folder that the stage index left.</param>
    /// <param name="version">Content hash of the folder.</param>
    /// <param name="admissions">Verdicts of the ledger.</param>
    /// <param name="locale">Language of the titles, BCP 47.</param>
    /// <exception cref="SearchIndexException">No index, or one that is damaged or of another version.</exception>
    public static StorefrontSearch Open(string folder, string version, Admissions admissions, string locale)
    {
        ArgumentNullException.ThrowIfNull(admissions);
        var index = SearchIndex.Open(folder, null);
        SearchPolicy Policy(string name, ServingRight right) => new(new ServingPolicy(name, version, right), index.Get(name), index.Products, locale);
        var searchers = new ServingModels<SearchPolicy>(FirstChampion, Policy(FirstChampion, ServingRight.Champion));
        foreach (var name in (string[])[SearchIndex.Meaning, SearchIndex.Fused])
        {
            if (Objection(name, version, admissions) is { } objection) searchers.Refuse(name, RefusalKind.NotAdmitted, objection);
            else if (index.Names.Contains(name)) searchers.Admit(name, Policy(name, ServingRight.Admitted));
            else searchers.Refuse(name, RefusalKind.Unloadable, $"{name} is admitted by its verdict, and the index has no vectors of an encoder that can be read: run the stage index again.");
        }

        return new StorefrontSearch(index, searchers);
    }

    /// <summary>Products for words.</summary>
    /// <param name="slate">Id of the slate.</param>
    /// <param name="model">Searcher asked for by name; null for the champion.</param>
    /// <param name="request">Words, filters, facets.</param>
    public Outcome<FoundSlate> Search(Guid slate, string? model, SearchRequest request) => Searchers.Find(model).Then(searcher => searcher.Search(slate, request));

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    private static string? Objection(string name, string version, Admissions admissions) => admissions.Objection(name)
        ?? (admissions.Find(name)?.Version == version ? null
            : $"The verdict on {name} judged index {admissions.Find(name)?.Version}, and the index is {version} now: run again with --from evaluate.");
}
