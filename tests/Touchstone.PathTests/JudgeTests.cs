using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Touchstone.PathTests;

/// <summary>The judge's verbs as a person runs them: files in, an answer in each form out, and an error that says where.</summary>
public sealed class JudgeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public JudgeTests()
    {
        _folder.Write("qrels.txt", "1 0 a 2\n1 0 b 0\n2 0 c 1\n3 0 d 1\n");
        _folder.Write("one.run", "1 Q0 a 1 2.0 one\n1 Q0 b 2 1.0 one\n2 Q0 x 1 2.0 one\n2 Q0 c 2 1.0 one\n3 Q0 d 1 1.0 one\n");
        _folder.Write("two.run", "1 Q0 b 1 2.0 two\n1 Q0 a 2 1.0 two\n2 Q0 c 1 2.0 two\n3 Q0 y 1 1.0 two\n");
        _folder.Write("clicks.csv", "query,product,rank,clicked\nq,a,1,1\nq,b,2,0\nq,a,2,1\nq,b,1,0\nq,a,1,0\nq,b,2,1\n");
        _folder.Write("units.csv", "unit,arm,spend,before\n1,A,1.5,1\n2,A,0,0\n3,A,4,2\n4,B,2,1\n5,B,3.5,0\n6,B,6,3\n");
        _folder.Write("log.csv", Rows("reward,propensity,target", 100, i => FormattableString.Invariant($"{i % 3 / 2},0.5,{(i % 2 == 0 ? 0.6 : 0.4)}")));
        _folder.Write("interleaving.csv", Rows("list,rank,clicked,team", 80, i => FormattableString.Invariant($"{i / 2},{(i % 2) + 1},{(i % 4 == 0 || i % 14 == 1 ? 1 : 0)},{((i / 2) + i) % 2}")));
        _folder.Write("uplift.csv", Rows("arm,visit,age", 400, i => FormattableString.Invariant($"{(i % 2 == 0 ? "mail" : "none")},{(i * 7 % 10 < (i % 2 == 0 ? 5 : 3) ? 1 : 0)},{i % 50}")));
        _folder.Write("evidence.yaml", "version: 1\nkind: experiment\nchampion: popularity\nmetric: revenue a visitor\nunits: 120000\ndays: 14\nsample_ratio_p: 0.41\nchallengers:\n  - name: ease\n    effect: {value: 0.20, standard_error: 0.04}\n");
        _folder.Write("money.yaml", "version: 1\ncurrency: EUR\nunits_a_year: 1000000\nmargin: 0.3\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("touchstone.evaluate-ranking/1", "evaluate ranking --qrels qrels.txt --run one.run --run two.run --metrics ndcg@10,map")]
    [InlineData("touchstone.evaluate-clicks/1", "evaluate clicks --log clicks.csv --model coec --least-impressions 1")]
    [InlineData("touchstone.experiment/1", "evaluate experiment --data units.csv --unit unit --variant arm --control A --metric spend:mean:spend --covariate before")]
    [InlineData("touchstone.evaluate-policy/1", "evaluate policy --log log.csv --estimators ips,snips")]
    [InlineData("touchstone.evaluate-interleaving/1", "evaluate interleaving --log interleaving.csv")]
    [InlineData("touchstone.evaluate-uplift/1", "evaluate uplift --data uplift.csv --variant arm --control none --outcome visit --features age")]
    [InlineData("touchstone.verdict-on-evidence/1", "verdict --evidence evidence.yaml --money money.yaml")]
    [InlineData("touchstone.power/1", "power --baseline 0.05 --lift 0.05 --daily 20000")]
    [InlineData("touchstone.calibration/1", "evaluate calibrate --repetitions 20 --slow-repetitions 10 --shoppers 500 --units 50")]
    public async Task A_verb_answers_in_every_form(string format, string line)
    {
        var arguments = line.Split(' ');
        var json = await TouchstoneProcess.RunAsync(_folder.Path, [.. arguments, "--format", "json"]);
        Assert.True(json.ExitCode == 0, json.Output + json.Error);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(format, document.RootElement.GetProperty("format").GetString());
        foreach (var (form, start) in ((string, string)[])[("text", ""), ("markdown", "## "), ("html", "<!doctype html>")])
        {
            var answer = await TouchstoneProcess.RunAsync(_folder.Path, [.. arguments, "--format", form]);
            Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
            Assert.StartsWith(start, answer.Output, StringComparison.Ordinal);
            Assert.True(answer.Output.Length > 100, answer.Output);
        }
    }

    [Theory]
    [InlineData("bad.run", "1 Q0 a 1 NaN one\n", "evaluate ranking --qrels qrels.txt --run bad.run", "bad.run:1")]
    [InlineData("bad.txt", "1 0 a two\n", "evaluate ranking --qrels bad.txt --run one.run", "bad.txt:1")]
    [InlineData("bad.csv", "reward,propensity,target\n1,0.5,0.5\n1,0,0.5\n", "evaluate policy --log bad.csv", "bad.csv:3")]
    [InlineData("bad.csv", "unit,arm,spend\n1,A,1\n2,B,many\n", "evaluate experiment --data bad.csv --unit unit --variant arm --control A --metric spend:mean:spend", "many")]
    [InlineData("bad.csv", "list,rank,clicked,team\n1,1,0,A\n1,3,1,B\n", "evaluate interleaving --log bad.csv", "bad.csv")]
    [InlineData("bad.yaml", "version: 1\nkind: experiment\nchampion: x\nmetric: revenue\nchallengers:\n  - name: y\n    effect: {value: 1, standard_error: 1}\ncolour: red\n", "verdict --evidence bad.yaml --money money.yaml", "bad.yaml:8")]
    public async Task What_cannot_be_judged_is_an_error_that_says_where(string name, string text, string line, string place)
    {
        _folder.Write(name, text);
        var run = await TouchstoneProcess.RunAsync(_folder.Path, line.Split(' '));
        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        Assert.Contains(place, run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
    }

    private static string Rows(string header, int count, Func<int, string> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < count; i++) text.Append(CultureInfo.InvariantCulture, $"{row(i)}\n");
        return text.ToString();
    }
}
