using System.Text.Json;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Tests.Evaluation.Verdicts;

public sealed class EvidenceJudgeTests
{
    private static readonly ValueTerms Terms = new() { Currency = "GBP", UnitsAYear = 1_000_000, Margin = 0.3, SwitchingCost = 10_000, YearlyCost = 5_000 };

    [Fact]
    public void A_clear_gain_in_an_experiment_ships_with_its_reasons()
    {
        var judged = Judge(Experiment(0.2, 0.04));
        Assert.Equal(Decision.Ship, judged.Verdict.Decision);
        Assert.Equal("Ship new: expected +£45k margin a year.", judged.Verdict.Sentence);
        Assert.NotNull(judged.Value);
        Assert.Equal(45_000, judged.Value.Yearly.Value, 6);
        Assert.Equal(45_000 - (1.959963984540054 * 12_000), judged.Value.Yearly.Low, 6);
        Assert.Contains("Worth +£45k a year (+£21k to +£69k); probability that it pays > .999.", judged.Reasons);
        Assert.Empty(judged.Verdict.MissingEvidence);
    }

    [Fact]
    public void Only_an_experiment_can_say_ship_or_roll_back()
    {
        foreach (var kind in new[] { EvidenceKind.Offline, EvidenceKind.OffPolicy })
        {
            Assert.Equal(Decision.Try, Judge(Experiment(0.9, 0.04) with { Kind = kind }).Verdict.Decision);
            Assert.Equal(Decision.Hold, Judge(Experiment(-0.9, 0.04) with { Kind = kind }).Verdict.Decision);
        }

        Assert.Equal(Decision.RollBack, Judge(Experiment(-0.2, 0.04)).Verdict.Decision);
    }

    [Fact]
    public void An_effect_not_told_from_nothing_holds_and_says_what_waiting_is_worth()
    {
        var judged = Judge(Experiment(0.06, 0.04) with { Days = 14 });
        Assert.Equal(Decision.Hold, judged.Verdict.Decision);
        Assert.Equal("Keep old, hold new: the effect on revenue a visitor is not told from 0 (+£0.06 a unit, 95 % interval −£0.0184 to +£0.1384).", judged.Verdict.Sentence);
        Assert.Equal(4, judged.Waiting.Count);
        Assert.True(judged.Waiting[0].Net > 0);
    }

    [Theory]
    [InlineData(0.001, GuardrailState.Holds, Decision.Ship)]
    [InlineData(0.008, GuardrailState.NotProven, Decision.Hold)]
    [InlineData(0.02, GuardrailState.Broken, Decision.RollBack)]
    public void A_guardrail_passes_only_where_the_interval_excludes_the_margin(double returns, GuardrailState state, Decision decision)
    {
        var evidence = Experiment(0.2, 0.04);
        var difference = new Estimate { Value = returns, Low = returns - 0.004, High = returns + 0.004, StandardError = 0.002, Count = 1 };
        var judged = Judge(evidence with { Challengers = [evidence.Challengers[0] with { Guardrails = [new GuardrailEvidence("return rate", difference, 0.01, false)] }] });
        Assert.Equal(state, Assert.Single(judged.Guardrails).State);
        Assert.Equal(decision, judged.Verdict.Decision);
    }

    [Fact]
    public void A_guardrail_that_was_not_measured_is_missing_evidence()
    {
        var judged = Judge(Experiment(0.2, 0.04), Terms with { Guardrails = [new RequiredGuardrail("return rate", 0.01, false)] });
        Assert.Equal(Decision.Hold, judged.Verdict.Decision);
        Assert.Equal("the guardrail on return rate was not measured", Assert.Single(judged.Verdict.MissingEvidence));
    }

    [Fact]
    public void A_sample_ratio_mismatch_holds_gain_and_harm_alike()
    {
        foreach (var effect in new[] { 0.2, -0.2 })
        {
            var judged = Judge(Experiment(effect, 0.04) with { SampleRatioP = 1e-6 });
            Assert.Equal(Decision.Hold, judged.Verdict.Decision);
            Assert.StartsWith("the arms' sizes are not those planned (sample ratio mismatch, p = 1.0e-6)", judged.Verdict.MissingEvidence[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_early_look_holds_unless_the_interval_is_sequential()
    {
        Assert.Equal(Decision.Hold, Judge(Experiment(0.2, 0.04) with { IsFinished = false }).Verdict.Decision);
        Assert.Equal(Decision.Ship, Judge(Experiment(0.2, 0.04) with { IsFinished = false, IsValidAtEveryLook = true }).Verdict.Decision);
    }

    [Fact]
    public void Immature_outcomes_are_marked_and_too_many_hold()
    {
        var few = Judge(Experiment(0.2, 0.04) with { ImmatureShare = 0.05, ReturnWindowDays = 30 });
        Assert.Equal((Decision.Ship, true), (few.Verdict.Decision, few.IsImmature));
        Assert.Contains("Immature: 5.0 % of the outcomes are younger than the return window; returns will still lower them.", few.Reasons);
        var many = Judge(Experiment(0.2, 0.04) with { ImmatureShare = 0.4, ReturnWindowDays = 30 });
        Assert.Equal("40.0 % of the outcomes are younger than the return window of 30 days; at most 10.0 % may be", Assert.Single(many.Verdict.MissingEvidence));
    }

    [Fact]
    public void Latency_is_paid_for_only_where_shoppers_did_not_feel_it()
    {
        var terms = Terms with { LatencyPenalty = 0.01, MarginAUnit = 2, OfflineToOnline = (1, 1, 1) };
        VerdictEvidence Slower(EvidenceKind kind) => Experiment(0.2, 0.04) with { Kind = kind, Challengers = [Experiment(0.2, 0.04).Challengers[0] with { AddedLatencyMs = 50 }] };
        double Worth(EvidenceKind kind) => Judge(Slower(kind), terms).Value?.Yearly.Value ?? double.NaN;
        Assert.Equal(45_000, Worth(EvidenceKind.Experiment), 6);
        Assert.Equal(45_000 - (0.01 * 0.5 * 2 * 1_000_000), Worth(EvidenceKind.OffPolicy), 6);
        Assert.Equal(Worth(EvidenceKind.OffPolicy), Worth(EvidenceKind.Offline), 6);
        Assert.StartsWith("how much slower new answers was not measured", Assert.Single(Judge(Experiment(0.2, 0.04) with { Kind = EvidenceKind.OffPolicy }, terms).Verdict.MissingEvidence), StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_of_several_is_corrected_for_having_been_chosen()
    {
        var evidence = Experiment(0.1, 0.04);
        var several = evidence with { Challengers = [.. new[] { 0.1, 0.09, 0.08 }.Select((effect, i) => Experiment(effect, 0.04).Challengers[0] with { Name = $"new{i}" })] };
        Assert.Equal(Decision.Ship, Judge(evidence).Verdict.Decision);
        var judged = Judge(several);
        Assert.Equal(("new0", Decision.Hold, 3), (judged.Verdict.Challenger, judged.Verdict.Decision, judged.ChosenAmong));
        Assert.True(judged.Effect.Value < 0.08);
        Assert.Equal(0.1, judged.Measured.Value);
    }

    [Fact]
    public void Do_no_harm_ships_what_is_not_worse_by_the_margin_and_clear_signals_does_not()
    {
        var evidence = Experiment(0.0, 0.01);
        Assert.Equal(Decision.Hold, Judge(evidence, Terms with { YearlyCost = 0, SwitchingCost = 0 }).Verdict.Decision);
        // What costs more than it can earn goes, unless it is wanted for other reasons.
        Assert.Equal(Decision.RollBack, Judge(evidence).Verdict.Decision);
        Assert.Equal(Decision.Ship, Judge(evidence, Terms with { Preset = DecisionPreset.DoNoHarm, HarmMargin = 0.03 }).Verdict.Decision);
        Assert.Equal(Decision.Hold, Judge(evidence, Terms with { Preset = DecisionPreset.DoNoHarm, HarmMargin = 0.01 }).Verdict.Decision);
        Assert.Equal("do no harm needs harm_margin: how much worse the metric may be", Assert.Single(Judge(evidence, Terms with { Preset = DecisionPreset.DoNoHarm }).Verdict.MissingEvidence));
    }

    [Fact]
    public void What_carries_over_widens_the_interval()
    {
        var judged = Judge(Experiment(0.9, 0.04) with { Kind = EvidenceKind.Offline });
        Assert.NotNull(judged.Value);
        Assert.Equal((0.9 * 0.3 * 300_000) - 15_000, judged.Value.Yearly.Value, 6);
        Assert.InRange(judged.Value.Yearly.Low, (0.9 * 0.09 * 300_000) - 15_000, (0.9 * 0.11 * 300_000) - 15_000);
        Assert.InRange(judged.Value.Yearly.High, (0.9 * 0.48 * 300_000) - 15_000, (0.9 * 0.52 * 300_000) - 15_000);
    }

    [Fact]
    public void No_variance_gives_no_verdict_by_accident()
    {
        var effect = new Estimate { Value = 0.2, Low = double.NaN, High = double.NaN, Count = 1 };
        var judged = Judge(Experiment(0.2, 0.04) with { Challengers = [new ChallengerEvidence { Name = "new", Effect = effect }] });
        Assert.Equal(Decision.Hold, judged.Verdict.Decision);
        Assert.Null(judged.Value);
        Assert.True(double.IsNaN(judged.Verdict.ProbabilityBetter));
        Assert.Equal("the effect of new on revenue a visitor has no interval: no variance, or too few units", Assert.Single(judged.Verdict.MissingEvidence));
        JsonDocument.Parse(EvidenceJson.Write(judged)).Dispose();
    }

    [Fact]
    public void Files_in_yaml_and_in_json_give_the_same_verdict()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("e.yaml"), """
            version: 1
            kind: experiment
            champion: old
            metric: revenue a visitor
            units: 120000
            days: 14
            sample_ratio_p: 0.4
            outcomes: {immature_share: 0.05, return_window_days: 30}
            challengers:
              - name: new
                effect: {value: 0.2, low: 0.1216, high: 0.2784}
                guardrails:
                  - {metric: return rate, difference: {value: 0.001, standard_error: 0.002}, margin: 0.01, good: lower}
            """);
        File.WriteAllText(folder.In("e.json"), """
            {"version": 1, "kind": "experiment", "champion": "old", "metric": "revenue a visitor", "units": 120000, "days": 14, "sample_ratio_p": 0.4,
             "outcomes": {"immature_share": 0.05, "return_window_days": 30}, "challengers": [{"name": "new", "effect": {"value": 0.2, "low": 0.1216, "high": 0.2784},
             "guardrails": [{"metric": "return rate", "difference": {"value": 0.001, "standard_error": 0.002}, "margin": 0.01, "good": "lower"}]}]}
            """);
        File.WriteAllText(folder.In("m.yaml"), "currency: GBP\nunits_a_year: 1000000\nmargin: 0.3\npreset: clear-signals\nguardrails: [{metric: return rate, margin: 0.01, good: lower}]\n");
        var terms = ValueTermsFile.Read(folder.In("m.yaml"));
        var judged = EvidenceJudge.Judge(EvidenceFile.Read(folder.In("e.yaml")), terms, new Seed(1));
        Assert.Equal(Decision.Ship, judged.Verdict.Decision);
        Assert.Equal(120_000, judged.Effect.Count);
        Assert.Equal(GuardrailState.Holds, Assert.Single(judged.Guardrails).State);
        Assert.Equal(EvidenceJson.Write(judged), EvidenceJson.Write(EvidenceJudge.Judge(EvidenceFile.Read(folder.In("e.json")), terms, new Seed(1))));
        var document = EvidenceReport.Compose(judged);
        Assert.StartsWith("## ship: new against old\n", MarkdownRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("SHIP: Ship new: expected +£60k margin a year.", PlainTextRenderer.Render(document), StringComparison.Ordinal);
        Assert.Contains("<span class=\"money\" title=\"+£60,000.00\">+£60k</span>", HtmlRenderer.Render(document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: experiment\nchampion: old\nmetric: m\n", "e.yaml:1 challengers is missing; write `challengers: [{name: …, effect: {value: …, standard_error: …}}]`.")]
    [InlineData("champion: old\nmetric: m\n", "e.yaml:1 kind is missing; write experiment, off-policy or offline.")]
    [InlineData("kind: guess\nchampion: old\nmetric: m\n", "e.yaml:1 kind \"guess\" is not known")]
    [InlineData("kind: offline\nchampion: old\nmetric: m\nchallengers:\n  - {name: a, effect: {value: 1}}\n", "e.yaml:5 challengers.effect has neither standard_error nor low and high; write one of them.")]
    [InlineData("kind: offline\nchampion: old\nmetric: m\nchallengers:\n  - {name: a, effect: {value: 1, low: 2, high: 3}}\n", "e.yaml:5 challengers.effect has low 2, value 1, high 3; expected low <= value <= high.")]
    [InlineData("kind: offline\nchampion: old\nmetric: m\nchallengers:\n  - {name: a, effect: {value: 1, standard_error: nan}}\n", "e.yaml:5 challengers.effect.standard_error \"nan\" is not a number.")]
    [InlineData("kind: offline\nchampion: old\nmetric: m\nchampion_standard_error: 2\nchallengers:\n  - {name: a, effect: {value: 1, standard_error: 1}}\n", "e.yaml:4 champion_standard_error is above the standard error of a's effect, of which it is a part; check both.")]
    public void A_fault_in_the_evidence_names_its_line_and_the_remedy(string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("e.yaml"), text);
        Assert.StartsWith(message, Assert.Throws<ConfigurationException>(() => EvidenceFile.Read(folder.In("e.yaml"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("units_a_year: 5\nmargin: 1\n", "m.yaml:1 currency is missing; write an ISO 4217 code, such as EUR.")]
    [InlineData("currency: GBP\nmargin: 1\n", "m.yaml:1 units_a_year is missing; write how many visitors or shoppers a year there are, in the unit of the effect.")]
    [InlineData("currency: GBP\nunits_a_year: 5\nmargin: 1.5\n", "m.yaml:3 margin is 1.5; expected 0 to 1.")]
    [InlineData("currency: GBP\nunits_a_year: 5\nmargin: 1\nyeers: 2\n", "m.yaml:4 unknown key \"yeers\"; did you mean \"years\"?")]
    public void A_fault_in_the_money_names_its_line_and_the_remedy(string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("m.yaml"), text);
        Assert.StartsWith(message, Assert.Throws<ConfigurationException>(() => ValueTermsFile.Read(folder.In("m.yaml"))).Message, StringComparison.Ordinal);
    }

    private static VerdictEvidence Experiment(double effect, double error) => new()
    {
        Kind = EvidenceKind.Experiment,
        Champion = "old",
        Metric = "revenue a visitor",
        Challengers = [new ChallengerEvidence
        {
            Name = "new",
            Effect = new Estimate { Value = effect, Low = effect - (1.959963984540054 * error), High = effect + (1.959963984540054 * error), StandardError = error, Count = 100_000 },
        }],
    };

    private static EvidenceVerdict Judge(VerdictEvidence evidence, ValueTerms? terms = null) => EvidenceJudge.Judge(evidence, terms ?? Terms, new Seed(1));
}
