using Touchstone.Domain;
using Touchstone.Numerics;
using Touchstone.Search;
using Touchstone.Search.Lexical;
using Touchstone.Search.Semantic;

namespace Touchstone.Tests.Search;

/// <summary>An index of a test's own products in a temporary folder.</summary>
internal sealed class SearchFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SearchFolder(IReadOnlyList<CatalogueEntry> products, bool withVectors = false, string? analyzer = null, LexicalOptions? options = null)
    {
        var card = new SearchIndexCard { Analyzer = analyzer, Lexical = options ?? new LexicalOptions(), Encoder = withVectors ? "letters" : null, EncoderVersion = withVectors ? "1" : null };
        SearchIndex.Write(_folder.Path, products, card, withVectors ? Vectors(products) : null, cancellationToken: TestContext.Current.CancellationToken);
        Index = SearchIndex.Open(_folder.Path, withVectors ? LetterEncoder.Encode : null);
    }

    public SearchIndex Index { get; }

    public string Folder => _folder.Path;

    public static CatalogueEntry Entry(string id, string title, string brand = "", string category = "", double price = double.NaN, string description = "", string locale = "en") => new()
    {
        Id = id,
        Texts = [new CatalogueText(locale, title, brand, category, description)],
        Price = price,
    };

    public static ProductVectors Vectors(IReadOnlyList<CatalogueEntry> products)
    {
        var rows = products.OrderBy(product => product.Id, Utf8Ordinal.Comparer)
            .SelectMany((product, index) => product.Texts.Select(text => (Owner: index, Vector: LetterEncoder.Encode(text.Title + " " + text.Brand)))).ToList();
        return new ProductVectors([.. rows.Select(row => row.Owner)], [.. rows.SelectMany(row => row.Vector)], LetterEncoder.Dimension);
    }

    public void Dispose()
    {
        Index.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A tiny encoder: counts of hashed pairs of letters, of length 1.</summary>
internal static class LetterEncoder
{
    public const int Dimension = 64;

    public static float[] Encode(string text)
    {
        var vector = new float[Dimension];
        var lower = text.ToLowerInvariant();
        for (var i = 0; i + 1 < lower.Length; i++) vector[(lower[i] * 31 + lower[i + 1]) % Dimension]++;
        var norm = MathF.Sqrt(vector.Sum(value => value * value));
        if (norm == 0) return vector;
        for (var i = 0; i < vector.Length; i++) vector[i] /= norm;
        return vector;
    }
}
