using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.PathTests;

/// <summary>The judge's verbs as a person runs them: files in, an answer in each form out, and an error that says where.</summary>
public sealed class JudgeTests : IDisposable
{
    private const string Snapshots = "experiment_id,variant_id,metric_id,time_since_start,count_c,count_t,mean_c,mean_t,variance_c,variance_t\ne,1,m,1,100,100,1,1.4,1,1\ne,1,m,2,200,200,1,1.5,1,1\n";
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
        _folder.Write("uplift.csv", Rows("arm,visit,age", 600, i => FormattableString.Invariant($"{(i % 2 == 0 ? "mail" : "none")},{(i * 7 % 10 < (i % 2 == 0 ? 5 : 3) ? 1 : 0)},{i % 50}")));
        _folder.Write("evidence.yaml", "version: 1\nkind: experiment\nchampion: popularity\nmetric: revenue a visitor\nunits: 120000\ndays: 14\nsample_ratio_p: 0.41\nchallengers:\n  - name: ease\n    effect: {value: 0.20, standard_error: 0.04}\n");
        _folder.Write("money.yaml", "version: 1\ncurrency: EUR\nunits_a_year: 1000000\nmargin: 0.3\n");
        _folder.Write("basket.yaml", "experiment: basket\ncontrol: A\nexposures: {source: exposures.csv, unit: shopper, variant: arm, time: seen}\nmetrics:\n  - {name: conversion, kind: proportion, source: orders.csv, time: ordered}\n");
        _folder.Write("exposures.csv", Rows("shopper,arm,seen", 8, i => FormattableString.Invariant($"{i},{(i < 4 ? "A" : "B")},2026-01-01")));
        _folder.Write("orders.csv", Rows("shopper,ordered", 4, i => FormattableString.Invariant($"{i + 3},2026-01-02")));
        _folder.Write("snapshots.csv", Snapshots);
        _folder.Write("scores.csv", "shopper,clicked,new,old\na,1,0.9,2\na,0,0.4,1\nb,1,0.8,3\nb,0,0.6,4\nb,0,0.3,1\n");
        _folder.Write("days.yaml", "experiment: days\ncontrol: A\nexposures: {source: exposures.csv, unit: shopper, variant: arm, time: seen}\nrecorded_until: 2026-01-20\nbootstrap: {replicates: 50}\nlooks: {planned: 2, look: 2}\nnovelty: true\nmetrics:\n  - {name: conversion, kind: proportion, source: orders.csv, time: ordered}\n");
        _folder.Write("slates.csv", Rows(
            "slate,position,reward,propensity_slot,target_slot,propensity_prefix,target_prefix", 80,
            i => FormattableString.Invariant($"{i / 2},{(i % 2) + 1},{(i % 4 is 0 or 3 ? 1 : 0)},0.5,{(i % 2 == 1 ? 0.5 : i % 4 == 0 ? 0.6 : 0.4)},{(i % 2 == 1 ? 0.25 : 0.5)},{(i % 4 < 2 ? 0.6 : 0.4) * (i % 2 == 1 ? 0.5 : 1)}")));
    }

    public void Dispose() => _folder.Dispose();

    // Figures by hand: MAP (1 + 1/2 + 1)/3; clicks at rank 2, two of three; means 23/6 less 11/6; (17 × 1.2 + 16 × .8)/100; 20 wins and 3 ties of 23 lists;
    // three of five that got mail; .2 × 1,000,000 × .3; conversion 3/4 less 1/4; 1.5 less 1; half the slates earn 1.2 and half 1.
    [Theory]
    [InlineData("touchstone.evaluate-ranking/1", "Ranking of one, two", "runs.0.metrics.map.over_judged_queries", 2.5 / 3, "evaluate ranking --qrels qrels.txt --run one.run --run two.run --metrics ndcg@10,map")]
    [InlineData("touchstone.evaluate-clicks/1", "Judgments from clicks by clicks over expected clicks", "ranks.1", 2.0 / 3, "evaluate clicks --log clicks.csv --model coec --least-impressions 1")]
    [InlineData("touchstone.experiment/1", "Experiment units.csv", "effects.0.unadjusted_difference.value", 2, "evaluate experiment --data units.csv --unit unit --variant arm --control A --metric spend:mean:spend --covariate before")]
    [InlineData("touchstone.evaluate-scores/1", "Scores scores.csv", "scores.1.auc.value", 4.0 / 6, "evaluate scores --data scores.csv --label clicked --score new --score old --group shopper")]
    [InlineData("touchstone.experiment/1", "Experiment units.csv", "planned_looks.looks.1.boundary", 2.20097695527126, "evaluate experiment --data units.csv --unit unit --variant arm --control A --metric spend:mean:spend --looks 2 --look 1 --spending pocock --bootstrap 50")]
    [InlineData("touchstone.experiment/1", "Experiment units.csv", "mixture", 0.1, "evaluate experiment --data units.csv --unit unit --variant arm --control A --metric spend:mean:spend --sequential --sequential-method msprt --mixture 0.1")]
    [InlineData("touchstone.experiment/1", "Experiment days", "by_day.0.early.value", 0.5 / 7, "evaluate experiment --spec days.yaml")]
    [InlineData("touchstone.experiment/1", "Experiment basket", "effects.0.difference.value", 0.5, "evaluate experiment --spec basket.yaml")]
    [InlineData("touchstone.experiment-snapshots/1", "Running experiments snapshots.csv", "series.0.difference.value", 0.5, "evaluate experiment --snapshots --data snapshots.csv")]
    [InlineData("touchstone.evaluate-policy/1", "What the column target would have earned, from log.csv", "estimates.0.value", 0.332, "evaluate policy --log log.csv --estimators ips,snips")]
    [InlineData("touchstone.evaluate-slates/1", "What another policy's slates would have earned, from slates.csv", "estimates.0.value", 1.1, "evaluate policy --log slates.csv --estimators iips,rips")]
    [InlineData("touchstone.evaluate-interleaving/1", "Interleaving of 0, 1", "pairs.0.preference.value", (21.5 / 23) - 0.5, "evaluate interleaving --log interleaving.csv")]
    [InlineData("touchstone.evaluate-uplift/1", "Uplift on visit", "treatments.0.mean_treated", 0.6, "evaluate uplift --data uplift.csv --variant arm --control none --outcome visit --features age")]
    [InlineData("touchstone.verdict-on-evidence/1", "ship: ease against popularity", "money.yearly.value", 60_000, "verdict --evidence evidence.yaml --money money.yaml")]
    [InlineData("touchstone.power/1", "Size of an experiment", "n_control", 122_124, "power --baseline 0.05 --lift 0.05 --daily 20000")]
    [InlineData("touchstone.calibration/1", "Calibration of the judge", "findings.0.repetitions", 20, "evaluate calibrate --repetitions 20 --slow-repetitions 10 --shoppers 500 --units 50")]
    public async Task A_verb_answers_in_every_form(string format, string title, string figure, double expected, string line)
    {
        string[] forms = ["json", "text", "markdown", "html"], starts = ["{", title + "\n", "## ", "<!doctype html>"];
        var answers = await Task.WhenAll(forms.Select(form => TouchstoneProcess.RunAsync(_folder.Path, [.. line.Split(' '), "--format", form])));
        foreach (var (answer, start) in answers.Zip(starts))
        {
            Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
            Assert.StartsWith(start, answer.Output, StringComparison.Ordinal);
            Assert.True(answer.Output.Length > 100, answer.Output);
        }

        using var document = JsonDocument.Parse(answers[0].Output);
        Assert.Equal(format, document.RootElement.GetProperty("format").GetString());
        var at = document.RootElement;
        foreach (var step in figure.Split('.')) at = at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, CultureInfo.InvariantCulture)] : at.GetProperty(step);
        Assert.Equal(expected, at.GetDouble(), 1e-9 * Math.Abs(expected));
    }

    [Theory]
    [InlineData("bad.run", "1 Q0 a 1 NaN one\n", "evaluate ranking --qrels qrels.txt --run bad.run", "bad.run:1")]
    [InlineData("bad.txt", "1 0 a two\n", "evaluate ranking --qrels bad.txt --run one.run", "bad.txt:1")]
    [InlineData("bad.txt", "1 0 a 1001\n", "evaluate ranking --qrels bad.txt --run one.run", "bad.txt gives \"a\" the grade 1001 for query \"1\"; grades go up to 1000.")]
    [InlineData("bad.csv", "reward,propensity,target\n1,0.5,0.5\n1,0,0.5\n", "evaluate policy --log bad.csv", "bad.csv:3")]
    [InlineData("bad.csv", "unit,arm,spend\n1,A,1\n2,B,many\n", "evaluate experiment --data bad.csv --unit unit --variant arm --control A --metric spend:mean:spend", "column \"spend\" is \"many\" in row 2")]
    [InlineData("bad.csv", "clicked,p\n1,0.5\n2,0.5\n", "evaluate scores --data bad.csv --label clicked --score p", "bad.csv:3")]
    [InlineData("bad.parquet", "no such thing\n", "evaluate experiment --data bad.parquet --variant arm --control A --metric spend:mean:spend", "bad.parquet cannot be read as Parquet (")]
    [InlineData("folder/in.it", "", "evaluate experiment --data folder --variant arm --control A --metric spend:mean:spend", "folder is a folder; name a file.")]
    [InlineData("bad.csv", "list,rank,clicked,team\n1,1,0,A\n1,3,1,B\n", "evaluate interleaving --log bad.csv", "bad.csv:3")]
    [InlineData("bad.yaml", "version: 1\nkind: experiment\nchampion: x\nmetric: revenue\nchallengers:\n  - name: y\n    effect: {value: 1, standard_error: 1}\ncolour: red\n", "verdict --evidence bad.yaml --money money.yaml", "bad.yaml:8")]
    public async Task What_cannot_be_judged_is_an_error_that_says_where(string name, string text, string line, string place)
    {
        _folder.Write(name, text);
        var run = await TouchstoneProcess.RunAsync(_folder.Path, line.Split(' '));
        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        Assert.Contains(place, run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --weights A=-1,B=2", "--weights A=-1,B=2: the weight of A must be a number from 0.")]
    [InlineData(
        "evaluate experiment --spec basket.yaml --data units.csv --unit unit --variant arm --control A --metric spend:mean:spend --covariate before --weights A=1,B=1 --cap spend=0.9 --cap-ignore-zeros --lower-is-better spend --segment arm --stratify --sequential --tuning 100 --prior 0,1 --alpha=0.05 --missing zero --snapshots",
        "leave --data, --unit, --variant, --control, --metric, --covariate, --weights, --cap, --cap-ignore-zeros, --lower-is-better, --segment, --stratify, --sequential, --tuning, --prior, --alpha, --missing, --snapshots out")]
    [InlineData(
        "evaluate experiment --snapshots --data snapshots.csv --alpha 0.1 --tuning 100 --unit unit --variant arm --control A --metric spend:mean:spend --covariate before --weights A=1 --cap spend=0.9 --segment arm --sequential --prior 0,1 --missing zero",
        "leave --unit, --variant, --control, --metric, --covariate, --weights, --cap, --segment, --sequential, --prior, --missing out")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --tuning 100", "Without --sequential the intervals hold for one look: leave --tuning out.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --sequential --mixture 0.1", "A confidence sequence has no mixture of its own: leave --mixture out.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --sequential --sequential-method msprt --tuning 9", "The mSPRT is tuned by --mixture: leave --tuning out.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --look 1 --spending pocock", "Without --looks no looks were planned: leave --look, --spending out.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --seed 2", "Without --bootstrap nothing is drawn: leave --seed out.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --cap-ignore-zeros", "Without --cap nothing is cut: leave --cap-ignore-zeros out.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --looks 3 --look 4", "--look 4 is none of the 3 planned looks; count from 1.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric spend:mean:spend --looks 0.5,0.9 --look 1", "--looks 0.5,0.9: the last look is at all planned units: end with 1.")]
    [InlineData("evaluate experiment --data units.csv --variant arm --control A --metric slow:quantile:spend --bootstrap 9", "--bootstrap draws units, and quantiles are over rows: leave --bootstrap out, or add another metric.")]
    [InlineData("evaluate scores --data scores.csv --label clicked --score new --score new", "--score new stands twice; name each column once.")]
    [InlineData("evaluate policy --log slates.csv --logging a.csv --categories b.csv --model c.csv --context d --seed 2", "leave --logging, --categories, --model, --context out")]
    [InlineData("evaluate ranking --qrels qrels.txt --run one.run --format trec --depth 5 --products p.csv", "leave --products out")]
    [InlineData("evaluate policy --log log.csv --columns reward=a,reward=b", "\"reward\" stands twice")]
    [InlineData("evaluate policy --log log.csv --columns reward=", "\"reward=\" names no column")]
    [InlineData("evaluate policy --log log.csv --columns reward=reward --reward target", "--reward target: --columns names the column of the reward already")]
    [InlineData("evaluate policy --log log.csv --reward-range 0,0.5", "the range of rewards 0 to 0.5 does not hold the log's, 0 to 1;")]
    [InlineData("evaluate policy --log log.csv --bootstrap abc", "'abc' is no number that this option takes.")]
    [InlineData("evaluate uplift --data uplift.csv --variant arm --control none --outcome visit --features age --currency euro", "--currency euro is no ISO 4217 code")]
    [InlineData("evaluate uplift --data uplift.csv --variant arm --control none --outcome visit --features age,age", "--features names age twice")]
    [InlineData("evaluate ranking --qrels qrels.txt --run one.run --run one.run", "--run one.run stands twice")]
    [InlineData("evaluate ranking --qrels qrels.txt --run one.run --format xml", "write text, json, html, markdown, trec or trec-complete.")]
    public Task What_would_have_no_effect_or_cannot_be_is_refused_by_name(string line, string words) => IsRefused(line, words);

    [Fact]
    public async Task Weights_of_indicators_that_cannot_be_are_refused()
    {
        _folder.Write("shop.yaml", "version: 1\ncurrency: EUR\nevents:\n  - path: events.csv\n    kind: purchase\n    columns: {shopper: shopper, product: product, time: time, unit_price: price, quantity: quantity}\n");
        _folder.Write("events.csv", Rows("shopper,product,time,price,quantity", 12, i => FormattableString.Invariant($"{i / 4},p{i % 4},2026-01-{i + 1:00},1,1")));
        _folder.Write("then.json", """{"format": "touchstone.indicators/1", "indicators": []}""");
        var pairs = Enumerable.Range(0, 16).SelectMany(first => Enumerable.Range(first + 1, 15 - first).Select(second => FormattableString.Invariant($"  - {{more: n{first:00}, less: n{second:00}, times: 3}}\n")));
        foreach (var (weights, words, exitCode) in ((string, string, int)[])
        [
            ("weights: {happiness: 1}\n", "There is no indicator \"happiness\".", 2),
            ("weights: {conversion_rate: 1}\n", "there is nothing to compose", 2),
            ("comparisons:\n" + string.Concat(pairs), "weights.yaml:16 comparisons are of more than 15 indicators", 1),
            ("comparisons: [{more: a, less: b, times: 3}, {more: b, less: a, times: 3}]\n", "b and a are compared twice", 2),
        ])
        {
            _folder.Write("weights.yaml", weights);
            await IsRefused("indicators shop.yaml --weights weights.yaml --reference then.json --bootstrap 2", words, exitCode);
        }
    }

    [Fact]
    public async Task An_answer_is_kept_as_a_page_of_a_shops_report()
    {
        Directory.CreateDirectory(_folder.File("ws/stages"));
        foreach (var (line, replaces) in ((string, bool)[])[("evaluate experiment --spec basket.yaml", false), ("evaluate policy --log log.csv --estimators ips", false), ("evaluate experiment --spec basket.yaml", true)])
        {
            var run = await TouchstoneProcess.RunAsync(_folder.Path, [.. line.Split(' '), "--report", "ws", "--format", "json"]);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
            Assert.Contains("Kept as ", run.Error, StringComparison.Ordinal);
            Assert.Equal(replaces, run.Error.Contains("in place of the answer of the same title of ", StringComparison.Ordinal));
        }

        Assert.Equal(
            ["experiment-basket.html", "experiment-basket.json", "experiment-basket.page.json", "index.html"],
            Directory.GetFiles(_folder.File("ws/evidence")).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith("what-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(_folder.File("ws/evidence"), "what-the-column-target-would-have-earned-from-log.csv-????????????????.html"));
        var index = File.ReadAllText(_folder.File("ws/evidence/index.html"));
        Assert.Contains("2 pages", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"experiment-basket.html\">Experiment basket</a>", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"../report.html\">run</a><a href=\"index.html\">evidence</a>", File.ReadAllText(_folder.File("ws/evidence/experiment-basket.html")), StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(File.ReadAllText(_folder.File("ws/evidence/experiment-basket.json")));
        Assert.Equal("touchstone.experiment/1", figures.RootElement.GetProperty("format").GetString());
        await IsRefused("evaluate policy --log log.csv --report elsewhere", "--report elsewhere is no workspace");
        await IsRefused("evaluate ranking --qrels qrels.txt --run one.run --format trec --report ws", "--report takes no trec");
    }

    [Fact]
    public async Task A_boundary_that_no_look_can_pass_is_a_number()
    {
        var run = await TouchstoneProcess.RunAsync(_folder.Path, "power --baseline 0.05 --lift 0.05 --looks 200 --alpha 1e-12 --format json".Split(' '));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(200, document.RootElement.GetProperty("boundaries").GetArrayLength());
        Assert.Equal(GroupSequential.Furthest, document.RootElement.GetProperty("boundaries")[0].GetProperty("obrien_fleming").GetDouble());
    }

    [Fact]
    public async Task The_help_counts_the_metrics_of_rankings_as_there_are()
    {
        // Beside NDCG, NDCG@k, MAP, P@k and recall@k.
        var names = Regex.Replace(RankingMetricNames.Known, @" \((?:[^()]|\([^()]*\))*\)", "").Replace("@k", "@10", StringComparison.Ordinal).Split(", ").Where(name => name != RankingMetricNames.Trec);
        var known = names.Select(name => Assert.Single(RankingMetricNames.Parse(name, 1))).ToList();
        var help = await TouchstoneProcess.RunAsync(_folder.Path, "evaluate", "ranking", "--help");
        Assert.Contains(
            FormattableString.Invariant($"and {known.Count(metric => metric.TrecName is not null) - 5} more as trec_eval has them, {known.Count(metric => metric.TrecName is null)} that it has not"), help.Output, StringComparison.Ordinal);
    }

    private async Task IsRefused(string line, string words, int exitCode = 2)
    {
        var run = await TouchstoneProcess.RunAsync(_folder.Path, line.Split(' '));
        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
    }

    private static string Rows(string header, int count, Func<int, string> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (var i = 0; i < count; i++) text.Append(CultureInfo.InvariantCulture, $"{row(i)}\n");
        return text.ToString();
    }
}
