using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

public sealed class JudgmentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("query,product,grade\nred shirt,a,2\nred shirt,b,0\n\"a, b\",c,1\n")]
    [InlineData("query,docid,rating\nred shirt,a,2\nred shirt,b,0\n\"a, b\",c,1\n")]
    public void Tables_name_queries_by_their_text(string text)
    {
        var queries = JudgmentFile.Read(Write("ratings.csv", text), null);

        Assert.Equal(["a, b", "red shirt"], queries.Select(query => query.Text));
        Assert.Equal(2, queries[1].Grades["a"]);
        Assert.True(queries[1].HasPositive);
    }

    [Fact]
    public void Trec_qrels_take_their_texts_from_the_queries()
    {
        var queries = JudgmentFile.Read(Write("qrels.txt", "q1 0 a 2\nq1 0 b -1\nq2 0 a 0\n"), Write("queries.tsv", "q1\tred shirt\nq2\tblue\tshoe\n"));

        Assert.Equal(["red shirt", "blue\tshoe"], queries.Select(query => query.Text));
        Assert.Equal(-1, queries[0].Grades["b"]);
        Assert.False(queries[1].HasPositive);
    }

    [Theory]
    [InlineData("ratings.csv", "query,product,grade\nred,a,1\nred,b,good\n", null, "ratings.csv:3 grade \"good\" is not a whole number; write 0 for irrelevant, 1 and more for relevant.")]
    [InlineData("ratings.csv", "query,product,grade\nred,a,1\nred,a,2\n", null, "ratings.csv:3 product \"a\" has grade 2 for query \"red\" and had 1 on an earlier line; keep one of them.")]
    [InlineData("ratings.csv", "query,product,grade\nred,a\n", null, "ratings.csv:2 cannot be read")]
    [InlineData("ratings.csv", "query,product,grade\nred,,1\n", null, "ratings.csv:2 has no product; write query,product,grade.")]
    [InlineData("ratings.csv", "query,product\nred,a\n", null, "ratings.csv:1 has no column grade; it has: query, product. Write query,product,grade, or TREC qrels.")]
    [InlineData("qrels.txt", "q1 0 a 1\n", null, "qrels.txt:1 is a TREC file, which names queries by id only: give their texts with --queries FILE (a line each: id TAB text).")]
    [InlineData("qrels.txt", "q1 0 a 1\nq1 0 b\n", "q1\tred\n", "qrels.txt:2 has 3 words; TREC qrels have four: query iteration document grade.")]
    [InlineData("qrels.txt", "q1 0 a 1\nq2 0 b 1\n", "q1\tred\n", "qrels.txt:2 query \"q2\" is not in")]
    [InlineData("qrels.txt", "q1 0 a 1\n", "q1 red\n", "queries.tsv:1 has no tab between the query's id and its text; write: id TAB text.")]
    [InlineData("qrels.txt", "q1 0 a 1\n", "q1\tred\nq1\tblue\n", "queries.tsv:2 names query \"q1\" a second time; give each its own id.")]
    public void Faults_name_file_and_line(string name, string text, string? queries, string message)
    {
        var (path, texts) = (Write(name, text), queries is null ? null : Write("queries.tsv", queries));

        Assert.StartsWith(Path.Combine(_folder.Path, message), Assert.Throws<SourceException>(() => JudgmentFile.Read(path, texts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal("nowhere.csv is not there; check the path.", Assert.Throws<SourceException>(() => JudgmentFile.Read("nowhere.csv", null)).Message);

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.In(name), text);
        return _folder.In(name);
    }
}
