using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Registry;
using Touchstone.Search;
using Touchstone.Serving.Rollout;

namespace Touchstone.Applications.Storefront;

/// <summary>What words are answered from: one index, and the searchers over it that may serve.</summary>
public sealed class StorefrontSearch : IDisposable
{
    /// <summary>Every workspace's first champion of search.</summary>
    public const string FirstChampion = SearchIndex.Words;

    private static readonly string[] ByMeaning = [SearchIndex.Meaning, SearchIndex.Fused];

    private readonly SearchIndex _index;
    private readonly TextEncoder? _encoder;

    private StorefrontSearch(SearchIndex index, TextEncoder? encoder, ServingModels<SearchPolicy> searchers) => (_index, _encoder, Searchers) = (index, encoder, searchers);

    /// <summary>Searchers by their right to serve.</summary>
    public ServingModels<SearchPolicy> Searchers { get; }

    /// <summary>
    /// Opens the index. A run may replace its folder meanwhile: the files that are open stay. The encoder of queries is loaded only where
    /// a verdict admits a search by meaning.
    /// </summary>
    /// <param name="folder">Folder that the stage index left.</param>
    /// <param name="version">Content hash of the folder.</param>
    /// <param name="registry">Holds the encoder that made the vectors.</param>
    /// <param name="admissions">Verdicts of the ledger.</param>
    /// <param name="locale">Language of the titles, BCP 47.</param>
    /// <param name="threads">Threads that encoding one query uses.</param>
    /// <exception cref="SearchIndexException">No index, or one that is damaged or of another version.</exception>
    public static StorefrontSearch Open(string folder, string version, ModelRegistry registry, Admissions admissions, string locale, int threads)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(admissions);
        var index = SearchIndex.Open(folder, null);
        var (encoder, trouble) = ByMeaning.Any(name => admissions.Objection(name, [version]) is null) ? Encoder(index.Card, registry, threads) : (null, "");
        if (encoder is not null)
        {
            index.Dispose();
            index = SearchIndex.Open(folder, text => encoder.Encode([text]));
        }

        SearchPolicy Policy(string name, ServingRight right) => new(new ServingPolicy(name, version, right), index.Get(name), index.Products, locale);
        var searchers = new ServingModels<SearchPolicy>(FirstChampion, Policy(FirstChampion, ServingRight.Champion));
        foreach (var name in ByMeaning)
        {
            if (admissions.Objection(name, [version]) is { } objection) searchers.Refuse(name, RefusalKind.NotAdmitted, objection);
            else if (index.Names.Contains(name)) searchers.Admit(name, Policy(name, ServingRight.Admitted));
            else searchers.Refuse(name, RefusalKind.Unloadable, $"{name} is admitted by its verdict and cannot be loaded. {trouble}");
        }

        return new StorefrontSearch(index, encoder, searchers);
    }

    private static (TextEncoder? Encoder, string Trouble) Encoder(SearchIndexCard card, ModelRegistry registry, int threads)
    {
        if (card is not { Encoder: { Length: > 0 } name, EncoderVersion: { Length: > 0 } made }) return (null, "The index has no vectors of a registered encoder: run the stage index again when there is one.");
        try
        {
            return (TextEncoder.Load(registry.Open(name, made).Folder, ModelPrecision.Single, threads), "");
        }
        catch (Exception fault) when (fault is RegistryException or CheckpointException)
        {
            return (null, fault.Message);
        }
    }

    /// <summary>Products for words.</summary>
    /// <param name="slate">Id of the slate.</param>
    /// <param name="model">Searcher asked for by name; null for the champion.</param>
    /// <param name="request">Words, filters, facets.</param>
    public Outcome<FoundSlate> Search(Guid slate, string? model, SearchRequest request) => Searchers.Find(model).Then(searcher => searcher.Search(slate, request));

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _encoder?.Dispose();
    }
}
