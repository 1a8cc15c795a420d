using Touchstone.Cli.Stages;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Search;
using Touchstone.Search.Fusion;
using Touchstone.Search.Lexical;

namespace Touchstone.Cli.Commands;

/// <summary>A system that is judged, and what was chosen for it.</summary>
/// <param name="Searcher">The system.</param>
/// <param name="Options">Its options by name.</param>
internal sealed record BenchedSystem(ISearcher Searcher, IReadOnlyDictionary<string, string> Options);

/// <summary>
/// Makes the systems of <c>benchmark search</c> over one catalogue in a temporary folder: <c>plain</c> (the yardstick), <c>bm25</c> (what the
/// product serves), <c>meaning</c> and <c>fused</c>.
/// </summary>
internal sealed class SearchBench : IDisposable
{
    /// <summary>Name of the yardstick.</summary>
    public const string Plain = "plain";

    private static readonly double[][] s_fusionWeights = [[1, 1], [2, 1], [3, 1], [1, 2]];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("touchstone-");
    private readonly SearchIndexCard _card;
    private readonly SearchIndex _plain;
    private readonly SearchIndex _index;

    /// <summary>Writes both indexes.</summary>
    public SearchBench(IReadOnlyList<CatalogueEntry> products, SearchIndexCard card, OpenEncoder? encoder, IProgress<double>? encoding, CancellationToken cancellation)
    {
        _card = card with { Encoder = encoder?.Name, EncoderVersion = encoder?.Version };
        // Title twice, brand, description, as plain lower-cased words: weights that stand for that text.
        var plain = new SearchIndexCard { Analyzer = Plain, Lexical = new LexicalOptions { TitleWeight = 2, BrandWeight = 1, DescriptionWeight = 1, CategoryWeight = 0, AttributesWeight = 0 } };
        SearchIndex.Write(Path.Combine(_folder.FullName, Plain), products, plain, cancellationToken: cancellation);
        SearchIndex.Write(Path.Combine(_folder.FullName, "index"), products, _card, encoder is null ? null : TextVectors.Of(products, encoder, encoding, cancellation), cancellationToken: cancellation);
        _plain = SearchIndex.Open(Path.Combine(_folder.FullName, Plain), null);
        _index = SearchIndex.Open(Path.Combine(_folder.FullName, "index"), encoder is null ? null : encoder.Query);
    }

    /// <summary>Whether a system can be made here.</summary>
    public bool Has(string name) => name == Plain || _index.Names.Contains(name);

    /// <summary>Whether the catalogue has a product.</summary>
    public bool HasProduct(string id) => _index.Products.IndexOf(id) >= 0;

    /// <summary>A system; with training queries its weights are those of a small grid that do best on them (ties to the earlier).</summary>
    public BenchedSystem Make(string name, IReadOnlyList<JudgedQuery> training, CancellationToken cancellation)
    {
        if (name == Plain) return new BenchedSystem(_plain.WithWords(Plain, _plain.Card.Lexical), Describe(_plain.Card.Lexical));
        if (name == SearchIndex.Meaning) return new BenchedSystem(_index.Get(name), new SortedDictionary<string, string>(StringComparer.Ordinal) { ["encoder"] = _card.Encoder ?? "" });
        var lexical = training.Count == 0 ? _card.Lexical : Best(Grid(), options => _index.WithWords(name, options), training, cancellation);
        var words = _index.WithWords(SearchIndex.Words, lexical);
        if (name == SearchIndex.Words) return new BenchedSystem(words, Describe(lexical));
        ISearcher Fuse(double[] weights) => new FusedSearcher(name, _index.Products, [words, _index.Get(SearchIndex.Meaning)], _card.FusionK, weights);
        var weights = training.Count == 0 ? s_fusionWeights[0] : Best(s_fusionWeights, Fuse, training, cancellation);
        return new BenchedSystem(Fuse(weights), new SortedDictionary<string, string>(Describe(lexical), StringComparer.Ordinal)
        {
            ["encoder"] = _card.Encoder ?? "",
            ["fusion_k"] = Number(_card.FusionK),
            ["fusion_weights"] = string.Join(" : ", weights.Select(Number)),
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plain.Dispose();
        _index.Dispose();
        _folder.Delete(true);
    }

    private IEnumerable<LexicalOptions> Grid()
    {
        yield return _card.Lexical;
        foreach (var title in (double[])[1, 2, 4])
            foreach (var brand in (double[])[0, 1, 2])
                foreach (var description in (double[])[0, 0.5, 1])
                    foreach (var attributes in (double[])[0, 0.25, 0.5])
                        yield return _card.Lexical with { TitleWeight = title, BrandWeight = brand, DescriptionWeight = description, AttributesWeight = attributes };
    }

    private static T Best<T>(IEnumerable<T> grid, Func<T, ISearcher> make, IReadOnlyList<JudgedQuery> training, CancellationToken cancellation)
    {
        var judged = training.Where(query => query.HasPositive).ToList();
        return grid.Select(options => (Options: options, Value: SearchJudge.Judge(make(options), judged, TimeProvider.System, cancellation).Values[SearchJudge.Primary].Average()))
            .Aggregate((best, next) => next.Value > best.Value ? next : best).Options;
    }

    private static SortedDictionary<string, string> Describe(LexicalOptions options) => new(StringComparer.Ordinal)
    {
        ["title_weight"] = Number(options.TitleWeight),
        ["brand_weight"] = Number(options.BrandWeight),
        ["category_weight"] = Number(options.CategoryWeight),
        ["description_weight"] = Number(options.DescriptionWeight),
        ["attributes_weight"] = Number(options.AttributesWeight),
        ["k1"] = Number(options.K1),
        ["b"] = Number(options.B),
    };

    private static string Number(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
