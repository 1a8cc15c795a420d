using Touchstone.Domain;
using Touchstone.Numerics;
using Touchstone.Search;

namespace Touchstone.Tests.Search;

/// <summary>What every searcher promises.</summary>
public abstract class SearcherContract : IDisposable
{
    private static readonly string[] s_brands = ["Acme", "Bolt", "Crane", ""];
    private static readonly string[] s_categories = ["Audio > Headphones", "Audio > Speakers", "Audio", "Audiobooks", ""];
    private static readonly string[] s_words = ["wireless", "headphones", "speaker", "red", "blue", "mini"];
    private readonly SearchFolder _folder = new(Catalogue(), withVectors: true);

    /// <summary>Name of the searcher under test.</summary>
    protected abstract string Searcher { get; }

    private ISearcher Subject => _folder.Index.Get(Searcher);

    [Fact]
    public void It_has_its_name() => Assert.Equal(Searcher, Subject.Name);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void Blanks_find_nothing(string text)
    {
        var result = Subject.Search(new SearchRequest { Text = text, Facets = ["brand"] });

        Assert.Empty(result.Hits);
        Assert.Equal(0, result.MatchCount);
        Assert.Empty(result.Facets["brand"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void The_count_is_kept_and_shorter_lists_begin_longer_ones(int count)
    {
        var all = Subject.Search(new SearchRequest { Text = "wireless headphones", Count = 1000 });
        var some = Subject.Search(new SearchRequest { Text = "wireless headphones", Count = count });

        Assert.Equal(Math.Min(count, all.MatchCount), some.Hits.Count);
        Assert.Equal(all.Hits.Take(count), some.Hits.Take(1000));
        Assert.Equal(all.MatchCount, some.MatchCount);
    }

    [Fact]
    public void Scores_descend_and_equal_ones_are_ordered_by_id()
    {
        var hits = Subject.Search(new SearchRequest { Text = "red speaker", Count = 1000 }).Hits;

        Assert.NotEmpty(hits);
        Assert.Equal(hits.Count, hits.Select(hit => hit.Product).Distinct().Count());
        foreach (var (first, second) in hits.Zip(hits.Skip(1)))
            Assert.True(first.Score > second.Score || (first.Score == second.Score && Utf8Ordinal.Compare(first.Product, second.Product) < 0), $"{first} before {second}");
    }

    [Theory]
    [InlineData("brand", "Acme")]
    [InlineData("brand", "aCME")]
    [InlineData("brand", "None")]
    [InlineData("category", "Audio")]
    [InlineData("category", "Audio > Headphones")]
    [InlineData("price", "10..20")]
    [InlineData("price", "..15.5")]
    [InlineData("price", "30..")]
    public void Filters_hold_and_facets_count_what_a_slow_oracle_counts(string field, string value)
    {
        var request = new SearchRequest { Text = "wireless mini headphones", Count = 1000, Facets = ["brand", "category"] };
        var open = Subject.Search(request);
        var result = Subject.Search(request with { Filters = new Dictionary<string, string> { [field] = value } });

        var expected = Catalogue().Where(product => open.Hits.Any(hit => hit.Product == product.Id) && Passes(product, field, value)).ToList();
        Assert.Equal(expected.Select(product => product.Id).Order(Utf8Ordinal.Comparer), result.Hits.Select(hit => hit.Product).Order(Utf8Ordinal.Comparer));
        Assert.Equal(expected.Count, result.MatchCount);
        Assert.Equal(Count(expected, product => product.Texts[0].Brand), result.Facets["brand"]);
        Assert.Equal(Count(expected, product => product.Texts[0].Category), result.Facets["category"]);
    }

    [Fact]
    public void Filters_work_together()
    {
        var result = Subject.Search(new SearchRequest { Text = "wireless", Count = 1000, Filters = new Dictionary<string, string> { ["brand"] = "Acme", ["price"] = "10..40", ["category"] = "Audio" } });

        Assert.All(result.Hits, hit => Assert.True(Catalogue().Single(product => product.Id == hit.Product) is var product && Passes(product, "brand", "Acme") && Passes(product, "price", "10..40") && Passes(product, "category", "Audio")));
        Assert.NotEmpty(result.Hits);
    }

    [Theory]
    [InlineData("colour", "red", "There is no filter \"colour\"; known: brand, category, price.")]
    [InlineData("price", "cheap", "The price filter \"cheap\" is no range; write 10..50, 10.. or ..50.")]
    [InlineData("price", "1..x", "The price filter \"1..x\" is no range; write 10..50, 10.. or ..50.")]
    public void What_cannot_be_filtered_by_is_told(string field, string value, string message) => Assert.Equal(
        message,
        Assert.Throws<SearchRequestException>(() => Subject.Search(new SearchRequest { Text = "red", Filters = new Dictionary<string, string> { [field] = value } })).Message);

    [Fact]
    public void What_cannot_be_counted_is_told() => Assert.Equal(
        "There is no facet \"size\"; known: brand, category.",
        Assert.Throws<SearchRequestException>(() => Subject.Search(new SearchRequest { Text = "red", Facets = ["size"] })).Message);

    [Fact]
    public void Many_threads_get_the_same_bits()
    {
        string[] queries = ["red", "wireless headphones", "blue mini speaker", "无线耳机", "Acme"];
        SearchResult[] alone = [.. queries.Select(query => Subject.Search(new SearchRequest { Text = query, Count = 50 }))];

        Parallel.For(0, 200, i => Assert.Equal(alone[i % queries.Length].Hits, Subject.Search(new SearchRequest { Text = queries[i % queries.Length], Count = 50 }).Hits));
    }

    [Fact]
    public void A_Chinese_query_finds_its_product() =>
        Assert.Equal("zh-1", Subject.Search(new SearchRequest { Text = "降噪耳机" }).Hits[0].Product);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static List<CatalogueEntry> Catalogue()
    {
        var random = new Seed(5).NewRandom();
        var products = new List<CatalogueEntry>
        {
            new() { Id = "zh-1", Texts = [new CatalogueText("en", "Acme Over-Ear 5", "Acme", "Audio", ""), new CatalogueText("zh", "极客降噪耳机", "极客", "音频", "")], Price = 99 },
            SearchFolder.Entry("😀", "wireless headphones"),
            SearchFolder.Entry("\uFFFD", "wireless headphones"),
            SearchFolder.Entry("no words", ""),
        };
        for (var i = 0; i < 60; i++)
        {
            var title = string.Join(' ', Enumerable.Range(0, 3).Select(_ => s_words[random.NextInt(s_words.Length)]));
            products.Add(SearchFolder.Entry($"p{i:00}", title, s_brands[random.NextInt(s_brands.Length)], s_categories[random.NextInt(s_categories.Length)], i % 7 == 0 ? double.NaN : random.NextInt(400) / 10.0));
        }

        return products;
    }

    private static bool Passes(CatalogueEntry product, string field, string value) => field switch
    {
        "brand" => product.Texts.Any(text => string.Equals(text.Brand, value, StringComparison.OrdinalIgnoreCase)),
        "category" => product.Texts.Any(text => text.Category == value || text.Category.StartsWith(value + " > ", StringComparison.Ordinal)),
        _ => value.Split("..") is [var low, var high] && product.Price >= (low.Length == 0 ? double.MinValue : double.Parse(low, System.Globalization.CultureInfo.InvariantCulture))
            && product.Price <= (high.Length == 0 ? double.MaxValue : double.Parse(high, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static IEnumerable<FacetCount> Count(IEnumerable<CatalogueEntry> products, Func<CatalogueEntry, string> of) => products.Select(of).Where(value => value.Length > 0)
        .GroupBy(value => value).Select(group => new FacetCount(group.Key, group.Count())).OrderByDescending(count => count.Count).ThenBy(count => count.Value, Utf8Ordinal.Comparer);
}

public sealed class WordSearcherTests : SearcherContract
{
    protected override string Searcher => "bm25";

    [Fact]
    public void Unknown_words_find_nothing()
    {
        using var folder = new SearchFolder([SearchFolder.Entry("a", "red shirt")]);

        Assert.Empty(folder.Index.Get("bm25").Search(new SearchRequest { Text = "zyzzyva" }).Hits);
    }
}

public sealed class MeaningSearcherTests : SearcherContract
{
    protected override string Searcher => "meaning";

    [Fact]
    public void All_products_with_words_match_and_the_scan_is_exact()
    {
        List<CatalogueEntry> products = [SearchFolder.Entry("a", "red shirt"), SearchFolder.Entry("b", "blue shoe"), SearchFolder.Entry("c", "reddish shirts")];
        using var folder = new SearchFolder(products, withVectors: true);
        var query = LetterEncoder.Encode("red shirt");
        double Dot(string title) => LetterEncoder.Encode(title + " ").Zip(query, (left, right) => (double)left * right).Sum();

        var result = folder.Index.Get("meaning").Search(new SearchRequest { Text = "red shirt" });

        Assert.Equal(3, result.MatchCount);
        Assert.Equal(["a", "c", "b"], result.Hits.Select(hit => hit.Product));
        Assert.All(result.Hits, hit => Assert.Equal(Dot(products.Single(product => product.Id == hit.Product).Texts[0].Title), hit.Score, 6));
    }
}

public sealed class FusedSearcherTests : SearcherContract
{
    protected override string Searcher => "fused";
}
