using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Touchstone.Domain;
using Touchstone.Search.Lexical;
using Touchstone.Tests.Evaluation;

namespace Touchstone.Tests.Search.Lexical;

public sealed class Bm25TruthTests
{
    [Fact]
    public void Scores_read_from_Lucene_equal_the_known_answers()
    {
        foreach (var example in Truth.Cases("recsys", "search_scoring.json").Where(item => item.GetProperty("group").GetString() == "bm25"))
        {
            var (documents, query, k1, b) = Input(example);
            using var folder = new SearchFolder(documents, analyzer: "plain", options: OnlyTitle(k1, b));

            var result = folder.Index.Get("bm25").Search(new SearchRequest { Text = string.Join(' ', query), Count = 100 });

            var scores = result.Hits.ToDictionary(hit => hit.Product, hit => hit.Score);
            foreach (var (index, expected) in example.GetProperty("expected").GetProperty("scores").EnumerateArray().Index())
                Truth.Near(expected.GetDouble(), scores.GetValueOrDefault(documents[index].Id), example.GetProperty("tol").GetDouble(), $"{example.GetProperty("id")} document {index}");
            foreach (var idf in example.GetProperty("expected").GetProperty("idf").EnumerateObject())
                Truth.Near(idf.Value.GetDouble(), Bm25.Idf(documents.Count, documents.Count(document => document.Texts[0].Title.Split(' ').Contains(idf.Name))), 1e-12, idf.Name);
        }
    }

    [Fact]
    public void The_similarity_gives_Lucenes_own_search_the_same_scores_in_single_precision()
    {
        foreach (var example in Truth.Cases("recsys", "search_scoring.json").Where(item => item.GetProperty("group").GetString() == "bm25"))
        {
            var (documents, query, k1, b) = Input(example);
            using var folder = new SearchFolder(documents, analyzer: "plain", options: OnlyTitle(k1, b));
            using var directory = FSDirectory.Open(Path.Combine(folder.Folder, "words"), NoLockFactory.GetNoLockFactory());
            using var reader = DirectoryReader.Open(directory);
            var clauses = new BooleanQuery();
            foreach (var word in query) clauses.Add(new TermQuery(new Term("title.plain", word)), Occur.SHOULD);

            var hits = new IndexSearcher(reader) { Similarity = new ExactLengthSimilarity(k1, b) }.Search(clauses, 100).ScoreDocs;

            var scores = hits.ToDictionary(hit => reader.Document(hit.Doc).Get("id"), hit => (double)hit.Score);
            foreach (var (index, expected) in example.GetProperty("expected").GetProperty("scores").EnumerateArray().Index())
                Truth.Near(expected.GetDouble(), scores.GetValueOrDefault(documents[index].Id), 1e-6, $"{example.GetProperty("id")} document {index}");
        }
    }

    [Fact]
    public void A_word_twice_in_the_query_counts_twice()
    {
        using var folder = new SearchFolder([SearchFolder.Entry("a", "red shirt"), SearchFolder.Entry("b", "blue shoe")], analyzer: "plain");
        double Score(string text) => folder.Index.Get("bm25").Search(new SearchRequest { Text = text }).Hits[0].Score;

        Assert.Equal(2 * Score("red"), Score("red RED"), 12);
    }

    [Fact]
    public void Lengths_are_exact_beyond_what_a_byte_holds()
    {
        // Lucene's own norms give 300 and 301 words the same length.
        using var folder = new SearchFolder([SearchFolder.Entry("long", "red" + string.Concat(Enumerable.Repeat(" x", 300))), SearchFolder.Entry("short", "red" + string.Concat(Enumerable.Repeat(" x", 299)))], analyzer: "plain");

        Assert.Equal(["short", "long"], folder.Index.Get("bm25").Search(new SearchRequest { Text = "red" }).Hits.Select(hit => hit.Product));
    }

    [Fact]
    public void Weights_stand_for_fields_that_are_repeated()
    {
        var weighed = new LexicalOptions { TitleWeight = 2, BrandWeight = 1, DescriptionWeight = 1, CategoryWeight = 0, AttributesWeight = 0 };
        (string Id, string Title, string Brand, string Description)[] rows = [("a", "red shirt", "Acme", "a shirt of cotton"), ("b", "cotton trousers", "Acme", ""), ("c", "blue shirt", "Other", "acme style")];
        using var fields = new SearchFolder([.. rows.Select(row => SearchFolder.Entry(row.Id, row.Title, row.Brand, "", double.NaN, row.Description))], analyzer: "plain", options: weighed);
        using var text = new SearchFolder([.. rows.Select(row => SearchFolder.Entry(row.Id, $"{row.Title} {row.Title} {row.Brand} {row.Description}"))], analyzer: "plain", options: OnlyTitle(1.2, 0.75));
        var request = new SearchRequest { Text = "acme cotton shirt" };

        var (left, right) = (fields.Index.Get("bm25").Search(request).Hits, text.Index.Get("bm25").Search(request).Hits);

        Assert.Equal(right.Select(hit => hit.Product), left.Select(hit => hit.Product));
        Assert.All(left.Zip(right), pair => Assert.Equal(pair.Second.Score, pair.First.Score, 12));
    }

    private static LexicalOptions OnlyTitle(double k1, double b) =>
        new() { TitleWeight = 1, BrandWeight = 0, CategoryWeight = 0, DescriptionWeight = 0, AttributesWeight = 0, K1 = k1, B = b };

    private static (IReadOnlyList<CatalogueEntry> Documents, string[] Query, double K1, double B) Input(System.Text.Json.JsonElement example)
    {
        var input = example.GetProperty("input");
        return (
            [.. input.GetProperty("docs").EnumerateArray().Select((words, index) => SearchFolder.Entry($"d{index}", string.Join(' ', words.EnumerateArray().Select(word => word.GetString()))))],
            [.. input.GetProperty("query").EnumerateArray().Select(word => word.GetString() ?? "")],
            input.GetProperty("k1").GetDouble(),
            input.GetProperty("b").GetDouble());
    }
}
