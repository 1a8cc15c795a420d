using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Search.Fusion;
using Touchstone.Search.Lexical;
using Touchstone.Search.Semantic;

namespace Touchstone.Search;

/// <summary>
/// A folder that products are searched from: <c>index.json</c>, the Lucene index <c>words/</c>, and <c>vectors.safetensors</c> where an encoder
/// made some. Searchers: <c>bm25</c>; with vectors and an encoder also <c>meaning</c> and <c>fused</c>. Safe from many threads.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Name of the search by words.</summary>
    public const string Words = "bm25";

    /// <summary>Name of the search by meaning.</summary>
    public const string Meaning = "meaning";

    /// <summary>Name of both together.</summary>
    public const string Fused = "fused";

    internal const string WordsFolder = "words";
    internal const string VectorsFile = "vectors.safetensors";

    private readonly LexicalIndex _index;
    private readonly SortedDictionary<string, ISearcher> _searchers = new(StringComparer.Ordinal);

    private SearchIndex(SearchIndexCard card, LexicalIndex index, ProductVectors? vectors, Func<string, float[]>? encodeQuery)
    {
        (Card, _index) = (card, index);
        var words = new LexicalSearcher(Words, index, card.Lexical);
        Names = [Words];
        _searchers[Words] = words;
        if (vectors is null || encodeQuery is null) return;
        var meaning = new MeaningSearcher(Meaning, index.Products, vectors, encodeQuery);
        _searchers[Meaning] = meaning;
        _searchers[Fused] = new FusedSearcher(Fused, index.Products, [words, meaning], card.FusionK);
        Names = [Words, Meaning, Fused];
    }

    /// <summary>Searchers that can be got, simplest first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The searcher to take where none is named: both together where there are both.</summary>
    public string DefaultName => Names[^1];

    /// <summary>The products that are searched.</summary>
    public ProductColumns Products => _index.Products;

    /// <summary>How the index was made.</summary>
    public SearchIndexCard Card { get; }

    /// <summary>Opens what the stage index left.</summary>
    /// <param name="indexFolder">Folder of the index.</param>
    /// <param name="encodeQuery">Encodes a query by the model that <see cref="SearchIndexCard.Encoder"/> names; null: search by words only.</param>
    /// <exception cref="SearchIndexException">No index, or one that is damaged or of another version.</exception>
    public static SearchIndex Open(string indexFolder, Func<string, float[]>? encodeQuery)
    {
        ArgumentException.ThrowIfNullOrEmpty(indexFolder);
        var card = SearchIndexCard.Read(indexFolder);
        var index = LexicalIndex.Open(Path.Combine(indexFolder, WordsFolder));
        try
        {
            var path = Path.Combine(indexFolder, VectorsFile);
            return new SearchIndex(card, index, encodeQuery is not null && card.Encoder is not null ? ProductVectors.Read(path) : null, encodeQuery);
        }
        catch (Exception cause) when (cause is CheckpointException or ArgumentException)
        {
            index.Dispose();
            throw new SearchIndexException(cause.Message, cause);
        }
    }

    /// <summary>How an index was made, without opening it: which encoder its queries need.</summary>
    /// <exception cref="SearchIndexException">No index, or one of another version.</exception>
    public static SearchIndexCard ReadCard(string indexFolder) => SearchIndexCard.Read(indexFolder);

    /// <summary>Writes an index.</summary>
    /// <param name="indexFolder">Folder of the index, made where it is missing.</param>
    /// <param name="products">The products, in any order; ids distinct.</param>
    /// <param name="card">Weights and k as the searchers will use them; counts are filled in.</param>
    /// <param name="vectors">Vectors by product index (ids ascending by ordinal UTF-8); null for none.</param>
    /// <param name="progress">Told how many products were written.</param>
    /// <param name="cancellationToken">Stops between products.</param>
    public static void Write(
        string indexFolder, IReadOnlyList<CatalogueEntry> products, SearchIndexCard card, ProductVectors? vectors = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(indexFolder);
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(card);
        LexicalIndexWriter.Write(Path.Combine(indexFolder, WordsFolder), products, card.Analyzer, progress, cancellationToken);
        if (vectors is not null)
        {
            vectors.Write(Path.Combine(indexFolder, VectorsFile), new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["encoder"] = card.Encoder ?? "",
                ["encoder_version"] = card.EncoderVersion ?? "",
            });
        }

        (card with { Products = products.Count, Encoder = vectors is null ? null : card.Encoder ?? "" }).Write(indexFolder);
    }

    /// <summary>A searcher by name.</summary>
    /// <exception cref="SearchRequestException">There is none of that name (lists those that there are).</exception>
    public ISearcher Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_searchers.TryGetValue(name, out var searcher)) return searcher;
        throw new SearchRequestException(name is Meaning or Fused
            ? $"This index cannot be searched by {name}: {(Card.Encoder is null ? "it has no vectors of an encoder; train one, then run the stage index again." : "its encoder was not given.")} There is {string.Join(", ", Names)}."
            : $"There is no searcher \"{name}\"; there is {string.Join(", ", Names)}.");
    }

    /// <summary>A search by words with other weights, over the same index.</summary>
    public ISearcher WithWords(string name, LexicalOptions options) => new LexicalSearcher(name, _index, options);

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
