using System.IO.Compression;
using System.Text;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

public sealed class ScoreFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_form_of_file_gives_the_same_rows()
    {
        const string Text = "shopper,clicked,p,q\nann,1,0.5,2\nbob,false,0.25,-1\nann,TRUE,1,0.5\n";
        var expected = Read(Text, "p", "q");
        Assert.Equal([true, false, true], expected.Labels);
        Assert.Equal([0.5, 0.25, 1], expected.Scores[0]);
        Assert.Equal([0, 1, 0], expected.Groups);
        Assert.Equal(2, expected.GroupCount);
        Assert.Null(expected.NoProbability[0]);
        Assert.Equal("t.csv:2 has 2", expected.NoProbability[1]);
        Assert.Empty(expected.Warnings);
        File.WriteAllText(_folder.In("t.tsv"), Text.Replace(',', '\t'));
        File.WriteAllText(_folder.In("t.jsonl"), "{\"shopper\": \"ann\", \"clicked\": 1, \"p\": 0.5, \"q\": 2}\n{\"shopper\": \"bob\", \"clicked\": false, \"p\": 0.25, \"q\": -1}\n{\"shopper\": \"ann\", \"clicked\": true, \"p\": 1, \"q\": 0.5}\n");
        using (var packed = new GZipStream(File.Create(_folder.In("t.csv.gz")), CompressionLevel.Fastest)) packed.Write(Encoding.UTF8.GetBytes(Text));
        foreach (var name in (string[])["t.tsv", "t.jsonl", "t.csv.gz"])
        {
            var rows = ScoreFile.Read(_folder.In(name), "clicked", ["p", "q"], "shopper", TestContext.Current.CancellationToken);
            Assert.Equal(expected.Labels, rows.Labels);
            Assert.Equal(expected.Scores, rows.Scores);
            Assert.Equal(expected.Groups, rows.Groups);
        }
    }

    [Theory]
    [InlineData("shopper,clicked,p\na,2,0.5\n", ":2 clicked \"2\" is neither yes nor no; write 1 or 0, true or false.")]
    [InlineData("shopper,clicked,p\na,1,0.5\na,yes,0.5\n", ":3 clicked \"yes\" is neither yes nor no; write 1 or 0, true or false.")]
    [InlineData("shopper,clicked,p\na,,0.5\n", ":2 has no clicked; write what was so: 1 or 0, true or false.")]
    [InlineData("shopper,clicked,p\na,1,NaN\n", ":2 p = \"NaN\" is not a finite number; write a score in every row, and leave rows out that cannot be scored.")]
    [InlineData("shopper,clicked,p\na,1,\n", ":2 has no p; write a score in every row, and leave rows out that cannot be scored.")]
    [InlineData("shopper,clicked,p\n,1,0.5\n", ":2 has no shopper; write the group of each row, or leave --group out.")]
    [InlineData("shopper,clicked,score\na,1,0.5\n", ":1 has no column p; it has: shopper, clicked, score. Name one of them.")]
    public void A_row_at_fault_says_where(string text, string message) =>
        Assert.Equal(_folder.In("t.csv") + message, Assert.Throws<SourceException>(() => Read(text, "p")).Message);

    public void Dispose() => _folder.Dispose();

    private ScoredRows Read(string text, params string[] scores)
    {
        File.WriteAllText(_folder.In("t.csv"), text);
        return ScoreFile.Read(_folder.In("t.csv"), "clicked", scores, "shopper", TestContext.Current.CancellationToken);
    }
}
