using CsCheck;
using Touchstone.Domain;

namespace Touchstone.Tests.Search.Lexical;

/// <summary>A query is words and nothing else: no text of any kind is read as syntax, and none throws.</summary>
public sealed class QueriesOfAnyKindTests
{
    public static TheoryData<string> Odd => new(
        "", "   ", "\0", "AND", "OR NOT", "title:shirt", "(((", "\"", "shirt~2", "shirt^9", "[a TO z]", "*", "?", "+-&&||!(){}[]^\"~*?:\\/", "<b", "&#xFFFFFFFF;", "</", "<!--",
        "🎧", "👩‍👩‍👧", "\ud83d", "\udc00x", "\uFFFF", "耳\ud83d机", new string('a', 300), string.Concat(Enumerable.Repeat("🎧", 4000)), new string('x', 4095) + "🎧");

    [Theory]
    [MemberData(nameof(Odd))]
    public void Odd_texts_are_answered(string text)
    {
        using var folder = Shop();

        var result = folder.Index.Get("bm25").Search(new SearchRequest { Text = text });

        Assert.True(result.MatchCount >= result.Hits.Count);
    }

    [Fact]
    public void Operators_are_only_words()
    {
        using var folder = Shop();

        Assert.Empty(folder.Index.Get("bm25").Search(new SearchRequest { Text = "+-&&||!(){}[]^\"~*?:\\/" }).Hits);
        Assert.Equal(2, folder.Index.Get("bm25").Search(new SearchRequest { Text = "NOT title:shirt" }).MatchCount);
    }

    [Fact]
    public void Ten_megabytes_are_answered_by_their_beginning()
    {
        using var folder = Shop();

        Assert.Equal(1, folder.Index.Get("bm25").Search(new SearchRequest { Text = "red " + new string('z', 10_000_000) }).MatchCount);
        Assert.Equal(1, folder.Index.Get("bm25").Search(new SearchRequest { Text = "红色" + string.Concat(Enumerable.Repeat("衣", 3_000_000)) }).MatchCount);
    }

    [Fact]
    public void Any_text_is_answered()
    {
        using var folder = Shop();

        Gen.String.Sample(text => folder.Index.Get("bm25").Search(new SearchRequest { Text = text }).MatchCount >= 0, iter: 2000);
    }

    private static SearchFolder Shop() => new([SearchFolder.Entry("a", "red shirt"), SearchFolder.Entry("b", "blue shirts"), SearchFolder.Entry("c", "红色衬衫", locale: "zh")]);
}
