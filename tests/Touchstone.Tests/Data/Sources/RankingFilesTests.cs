using System.IO.Compression;
using System.Text;
using CsCheck;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

public sealed class RankingFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("run.txt", "q2 Q0 a 1 9.5 sys junk\nq1\tQ0\tb\t1\t-1e-3\tsys\r\n\n  q2 Q0 c 2 .5 sys")]
    [InlineData("run.csv", "query,product,score,system\nq2,a,9.5,sys\nq1,b,-0.001,sys\nq2,c,0.5,sys\n")]
    [InlineData("run.jsonl", "{\"query\":\"q2\",\"docid\":\"a\",\"score\":9.5,\"run\":\"sys\"}\n{\"query\":\"q1\",\"docid\":\"b\",\"score\":-0.001,\"run\":\"sys\"}\n{\"query\":\"q2\",\"docid\":\"c\",\"score\":0.5,\"run\":\"sys\"}\n")]
    public void Runs_are_read_in_any_form_and_order(string name, string text)
    {
        var run = ReadRun(Write(name, text));

        Assert.Equal("sys", run.Name);
        Assert.Equal(["q1", "q2"], run.Rows.Queries);
        Assert.Equal([("b", -0.001)], Rows(run.Rows, 0));
        Assert.Equal([("a", 9.5), ("c", 0.5)], Rows(run.Rows, 1));
    }

    [Fact]
    public void A_table_of_ranks_is_a_run_and_a_file_without_a_system_names_it()
    {
        var run = ReadRun(Write("mine.csv", "query,product,rank\nq,a,1\nq,b,2\n"));

        Assert.Equal("mine", run.Name);
        Assert.Equal([("a", -1.0), ("b", -2.0)], Rows(run.Rows, 0));
    }

    [Theory]
    [InlineData("qrels.txt", "q1 0 a 2\nq1 0 b -1\n")]
    [InlineData("qrels.tsv", "q1\t0\ta\t2\nq1\t0\tb\t-1\n")]
    [InlineData("qrels.csv", "query,product,grade\nq1,a,2\nq1,b,-1\n")]
    public void Judgments_are_read_in_any_form(string name, string text) => Assert.Equal([("a", 2), ("b", -1)], Rows(ReadQrels(Write(name, text)), 0));

    [Fact]
    public void Packed_files_are_unpacked()
    {
        using (var packed = new GZipStream(File.Create(_folder.In("qrels.gz")), CompressionLevel.Fastest)) packed.Write("q1 0 a 2\n"u8);
        Assert.Equal([("a", 2)], Rows(ReadQrels(_folder.In("qrels.gz")), 0));
    }

    [Theory]
    [InlineData("run.txt", "q Q0 a 1 2 s\nq Q0 b 2 s\n", "run.txt:2 has 5 words; a TREC run has six: query Q0 document rank score name.")]
    [InlineData("run.txt", "q Q0 a 1 2 s\n\nq Q0 b 2 x1 s\n", "run.txt:3 score \"x1\" is not a number; write it with a dot, e.g. 12.5.")]
    [InlineData("run.txt", "q Q0 a 1 2 s\nq Q0 b 2 NaN s\n", "run.txt:2 score of \"b\" for query \"q\" is NaN; a score must be a number.")]
    [InlineData("run.txt", "q Q0 a 1 2 s\nq Q0 b 2 nan s\n", "run.txt:2 score of \"b\" for query \"q\" is NaN; a score must be a number.")]
    [InlineData("run.txt", "q Q0 a 1 2 s\n\nr Q0 a 1 2 s\nq Q0 a 2 1 s\n", "run.txt:4 document \"a\" stands twice for query \"q\" (first on line 1); list each once, or keep the first copy by option.")]
    [InlineData("run.csv", "query,product,score\nq,a,1\nq,a,2\n", "run.csv:3 document \"a\" stands twice for query \"q\" (first on line 2); list each once, or keep the first copy by option.")]
    [InlineData("run.csv", "query,product,score\nq,a,NaN\n", "run.csv:2 score of \"a\" for query \"q\" is NaN; a score must be a number.")]
    [InlineData("run.csv", "query,product,score\nq,a,\"1,5\"\n", "run.csv:2 score \"1,5\" is not a number; write it with a dot, e.g. 12.5.")]
    [InlineData("run.csv", "query,thing,score\nq,a,1\n", "run.csv:1 has no column product; it has: query, thing, score. Write query,product,score, or a TREC run.")]
    [InlineData("run.txt", "\n", "run.txt holds no results; a line each: query Q0 document rank score name.")]
    public void Faults_of_a_run_name_file_and_line(string name, string text, string message)
    {
        var path = Write(name, text);
        Assert.Equal(Path.Combine(_folder.Path, message), Assert.Throws<SourceException>(() => ReadRun(path)).Message);
    }

    [Theory]
    [InlineData("qrels.txt", "q 0 a 1\nq 0 b\n", "qrels.txt:2 has 3 words; TREC qrels have four: query iteration document grade.")]
    [InlineData("qrels.txt", "q 0 a 1\nq 0 b 1 2 3 4\n", "qrels.txt:2 has 7 words; TREC qrels have four: query iteration document grade.")]
    [InlineData("qrels.txt", "q 0 a 1\nq 0 b 0.5\n", "qrels.txt:2 grade \"0.5\" is not a whole number; write 0 for irrelevant, 1 and more for relevant, a negative grade for unjudged.")]
    [InlineData("qrels.txt", "q 0 a 1\nq 0 a 0\n", "qrels.txt:2 document \"a\" stands twice for query \"q\" (first on line 1); list each once, or keep the first copy by option.")]
    [InlineData("qrels.txt", "", "qrels.txt holds no judgments; a line each: query iteration document grade.")]
    public void Faults_of_judgments_name_file_and_line(string name, string text, string message)
    {
        var path = Write(name, text);
        Assert.Equal(Path.Combine(_folder.Path, message), Assert.Throws<SourceException>(() => ReadQrels(path)).Message);
    }

    [Fact]
    public void Text_that_is_not_Utf8_and_cut_packing_are_told()
    {
        File.WriteAllBytes(_folder.In("latin.txt"), [.. "q 0 a 1\nq 0 caf"u8, 0xE9, .. " 1\n"u8]);
        Assert.Equal(_folder.In("latin.txt") + ":2 is not valid UTF-8; save the file as UTF-8.", Assert.Throws<SourceException>(() => ReadQrels(_folder.In("latin.txt"))).Message);
        Assert.Equal(_folder.In("no.txt") + " is not there; check the path.", Assert.Throws<SourceException>(() => ReadRun(_folder.In("no.txt"))).Message);
        const string Cut = " is damaged or cut off here: its gzip stream cannot be unpacked any further. Copy or export it again.";
        foreach (var (name, text) in ((string, string)[])[("cut.txt", "q 0 a 1\n"), ("cut.csv", "query,product,grade\nq,a,1\n")])
        {
            using (var packed = new GZipStream(File.Create(_folder.In(name)), CompressionLevel.NoCompression)) packed.Write(Encoding.UTF8.GetBytes(text));
            File.WriteAllBytes(_folder.In(name), File.ReadAllBytes(_folder.In(name))[..^6]);
            var fault = Assert.Throws<SourceException>(() => ReadQrels(_folder.In(name))).Message;
            Assert.StartsWith(_folder.In(name), fault, StringComparison.Ordinal);
            Assert.EndsWith(Cut, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parquet_is_read_as_a_table()
    {
        var judgments = Parquet("qrels.parquet", "SELECT 'q' AS query, 'a' AS product, 2 AS grade UNION ALL SELECT 'q', 'b', 0");
        Assert.Equal([("a", 2), ("b", 0)], Rows(ReadQrels(judgments), 0));
        Assert.Equal(2, Assert.Single(JudgmentFile.Read(judgments, null)).Grades["a"]);
        Assert.Equal([("a", 1.5)], Rows(ReadRun(Parquet("run.parquet", "SELECT 'q' AS query, 'a' AS product, 1.5 AS score")).Rows, 0));
    }

    [Fact]
    public void Ids_of_tables_stand_as_written_and_numbers_without_their_blanks()
    {
        Assert.Equal([(" a", 2), ("a", 1)], Rows(ReadQrels(Write("qrels.csv", "query,product,grade\nq, a, 2\nq,a,1 \n")), 0));
        Assert.Equal([("a ", 2.5), ("a", 1.0)], Rows(ReadRun(Write("run.csv", "query,product,score\nq,a , 2.5\nq,a,1 \n")).Rows, 0));
    }

    [Fact]
    public void Ids_that_differ_only_in_their_unicode_form_are_told()
    {
        var judgments = ReadQrels(Write("qrels.txt", "q 0 caf\u00E9 1\nq 0 na\u00EFve 1\n"));
        var run = ReadRun(Write("run.txt", "q Q0 cafe\u0301 1 2 s\nq Q0 na\u00EFve 2 1 s\n"));

        Assert.Equal("1 id stands there in several Unicode forms, e.g. \"caf\u00E9\": they are taken as different queries or documents. Write all ids in one form (NFC).", UnicodeForms.Warning(judgments, [run]));
        Assert.Null(UnicodeForms.Warning(judgments, []));
    }

    [Fact]
    public void A_file_read_in_parts_reads_as_if_line_by_line_and_tells_the_same_lines()
    {
        const int Count = 300_000;
        var text = new StringBuilder();
        // Blank lines and a query that comes back shift lines and split queries over the parts.
        for (var i = 0; i < Count; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(i % 7 == 0 ? "\n" : "")}query-{(i % 2 == 0 ? 0 : i / 1000)} Q0 document-number-{i} {i} {Count - i}.25 s\n");
        var run = ReadRun(Write("large.txt", text.ToString()));

        Assert.Equal(Count, run.Rows.Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => Count - i + 0.25), run.Rows.Values[..Count]);
        Assert.Equal(Count / 2, run.Rows.Rows(0).Length - run.Rows.Rows(0).ToArray().Count(row => row % 2 == 1));
        Assert.Equal("document-number-299999", run.Rows.Documents.Text(Count - 1));
        var line = Count + ((Count - 1) / 7) + 2;
        var copied = Write("copied.txt", text + "query-0 Q0 document-number-299998 1 2 s\n");
        Assert.Equal($"{copied}:{line} document \"document-number-299998\" stands twice for query \"query-0\" (first on line {line - 3}); list each once, or keep the first copy by option.", Assert.Throws<SourceException>(() => ReadRun(copied)).Message);
        var broken = Write("broken.txt", text + "query-0 Q0 d 1 x s\n");
        Assert.Equal($"{broken}:{line} score \"x\" is not a number; write it with a dot, e.g. 12.5.", Assert.Throws<SourceException>(() => ReadRun(broken)).Message);
    }

    [Fact]
    public void Copies_are_dropped_by_option()
    {
        var rows = ReadRun(Write("run.txt", "q Q0 a 1 3 s\nq Q0 a 2 2 s\nq Q0 b 3 1 s\n"), DuplicateRule.KeepFirst).Rows;
        Assert.Equal([("a", 3.0), ("b", 1.0)], Rows(rows, 0));
        Assert.Equal(1, rows.DroppedCount);
    }

    [Fact]
    public void Any_double_is_read_as_the_nearest_one() =>
        Gen.OneOf(Gen.Double, Gen.Double[-1e6, 1e6].Select(value => Math.Round(value, 6)), Gen.Long.Select(value => (double)value)).Where(double.IsFinite).Array[1, 20].Sample(scores =>
        {
            var text = new StringBuilder();
            for (var i = 0; i < scores.Length; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"q Q0 d{i} 1 {scores[i]:R} s\n");
            Assert.Equal(scores, ReadRun(Write("numbers.txt", text.ToString())).Rows.Values[..scores.Length]);
        }, iter: 50, threads: 1);

    public void Dispose() => _folder.Dispose();

    private static RankingRun ReadRun(string path, DuplicateRule duplicates = DuplicateRule.Strict) => RunFile.Read(path, duplicates, TestContext.Current.CancellationToken);

    private static QueryDocuments<int> ReadQrels(string path) => QrelsFile.Read(path, cancellationToken: TestContext.Current.CancellationToken);

    private static (string Document, TValue Value)[] Rows<TValue>(QueryDocuments<TValue> rows, int query) where TValue : struct =>
        [.. rows.Rows(query).ToArray().Select(row => (rows.Documents.Text(row), rows.Values[row]))];

    private string Parquet(string name, string query)
    {
        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{_folder.In(name)}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return _folder.In(name);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.In(name), text);
        return _folder.In(name);
    }
}
