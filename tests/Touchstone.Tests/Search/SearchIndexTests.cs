using System.Security.Cryptography;
using Touchstone.Domain;
using Touchstone.Search;
using Touchstone.Search.Semantic;

namespace Touchstone.Tests.Search;

public sealed class SearchIndexTests
{
    private static readonly CatalogueEntry[] s_products =
    [
        new() { Id = "b", Price = 12.5, Attributes = new Dictionary<string, string> { ["attr_b_wi_fi"] = "true", ["attr_b_nfc"] = "false", ["material"] = "cotton" }, Texts = [new CatalogueText("en", "Red shirt", "Acme", "Clothes > Shirts", "Soft")] },
        new() { Id = "a", Texts = [new CatalogueText("en", "Blue shoe", "Bolt", "", ""), new CatalogueText("zh", "蓝色鞋子", "闪电", "", "")] },
    ];

    [Fact]
    public void It_tells_what_it_holds()
    {
        using var folder = new SearchFolder(s_products);

        Assert.Equal(["bm25"], folder.Index.Names);
        Assert.Equal("bm25", folder.Index.DefaultName);
        Assert.Equal(["a", "b"], folder.Index.Products.Ids);
        Assert.Equal("蓝色鞋子", folder.Index.Products.Title(0, "zh-CN"));
        Assert.Equal("Blue shoe", folder.Index.Products.Title(0, "fr"));
        Assert.Equal(12.5, folder.Index.Products.Prices[1]);
        Assert.True(double.IsNaN(folder.Index.Products.Prices[0]));
        Assert.Equal("a", Assert.Single(folder.Index.Get("bm25").Search(new SearchRequest { Text = "鞋子", Filters = new Dictionary<string, string> { ["brand"] = "闪电" } }).Hits).Product);
    }

    [Theory]
    [InlineData("cotton", 1)]
    [InlineData("wi fi", 1)]
    [InlineData("nfc", 0)]
    [InlineData("false", 0)]
    public void Attributes_are_found_by_their_value_and_flags_by_their_name(string text, int count)
    {
        using var folder = new SearchFolder(s_products);

        Assert.Equal(count, folder.Index.Get("bm25").Search(new SearchRequest { Text = text }).MatchCount);
    }

    [Fact]
    public void The_same_products_in_any_order_give_the_same_bytes()
    {
        using var first = new SearchFolder(s_products, withVectors: true);
        using var second = new SearchFolder([.. s_products.Reverse()], withVectors: true);

        Assert.Equal(Hashes(first.Folder), Hashes(second.Folder));
        // A date would make the bytes differ from one second to the next.
        Assert.All(Directory.EnumerateFiles(Path.Combine(first.Folder, "words")), path => Assert.DoesNotContain("timestamp", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_encoder_there_is_no_search_by_meaning()
    {
        using var folder = new SearchFolder(s_products);

        Assert.Equal(
            "This index cannot be searched by meaning: it has no vectors of an encoder; train one, then run the stage index again. There is bm25.",
            Assert.Throws<SearchRequestException>(() => folder.Index.Get("meaning")).Message);
        Assert.Equal("There is no searcher \"best\"; there is bm25.", Assert.Throws<SearchRequestException>(() => folder.Index.Get("best")).Message);
    }

    [Fact]
    public void What_is_no_index_is_told()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal($"{folder.In("index.json")} is not there; run `touchstone index shop.yaml` first.", Assert.Throws<SearchIndexException>(() => SearchIndex.Open(folder.Path, null)).Message);
        File.WriteAllText(folder.In("index.json"), "{\"format\": \"touchstone.search-index/9\"}");
        Assert.Contains("has the form \"touchstone.search-index/9\"", Assert.Throws<SearchIndexException>(() => SearchIndex.Open(folder.Path, null)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.In("index.json"), "{\"format\"");
        Assert.Contains("cannot be read", Assert.Throws<SearchIndexException>(() => SearchIndex.Open(folder.Path, null)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.In("index.json"), "{\"format\": \"touchstone.search-index/1\"}");
        Assert.Contains("run the stage index", Assert.Throws<SearchIndexException>(() => SearchIndex.Open(folder.Path, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_told()
    {
        using var folder = new SearchFolder(s_products, withVectors: true);
        var vectors = Path.Combine(folder.Folder, "vectors.safetensors");
        File.WriteAllBytes(vectors, File.ReadAllBytes(vectors)[..^4]);
        Assert.Contains("vectors.safetensors", Assert.Throws<SearchIndexException>(() => SearchIndex.Open(folder.Folder, LetterEncoder.Encode)).Message, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder.Folder, "words"), "segments_*")) File.WriteAllBytes(file, [1, 2, 3]);
        Assert.Contains("Run the stage index again", Assert.Throws<SearchIndexException>(() => SearchIndex.Open(folder.Folder, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_of_another_size_is_told()
    {
        var vectors = new ProductVectors([0], [1f, 0f], 2);

        Assert.StartsWith("The query has 3 components; the products have 2.", Assert.Throws<ArgumentException>(() => vectors.Score([1, 2, 3], new double[1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_of_no_products_finds_nothing()
    {
        using var folder = new SearchFolder([]);

        Assert.Equal(0, folder.Index.Get("bm25").Search(new SearchRequest { Text = "red" }).MatchCount);
    }

    private static string[] Hashes(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(folder, path) + " " + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))];
}
