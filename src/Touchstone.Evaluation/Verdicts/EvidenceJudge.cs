using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Value;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>
/// From evidence of any kind to try, ship, hold or roll back. Only an experiment can say ship or roll back; offline and off-policy evidence say try
/// or hold. Whatever is missing or broken holds; harm that is shown rolls back, even before the planned end, as that errs on the safe side.
/// </summary>
public static class EvidenceJudge
{
    /// <summary>Judges the best of the challengers.</summary>
    /// <param name="evidence">What was found.</param>
    /// <param name="terms">The shop's figures and its rule.</param>
    /// <param name="seed">Seed of the draws for what carries over.</param>
    /// <exception cref="ArgumentException">No challenger.</exception>
    public static EvidenceVerdict Judge(VerdictEvidence evidence, ValueTerms terms, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(terms);
        if (evidence.Challengers.Count == 0) throw new ArgumentException("The evidence names no challenger.", nameof(evidence));
        var (challenger, effect, isDefined) = Best(evidence);
        var value = isDefined ? EvidenceMoney.Of(evidence.Kind, effect, challenger.AddedLatencyMs, terms, seed) : null;
        var guardrails = GuardrailTest.Judge(terms.Guardrails, challenger.Guardrails);

        List<string> doubts = [.. Doubts(evidence)], missing = [.. Missing(evidence, challenger, effect, value, terms, isDefined)];
        missing.AddRange(guardrails.Where(guardrail => guardrail.State is GuardrailState.NotProven or GuardrailState.NotMeasured).Select(guardrail => guardrail.Sentence));
        List<string> broken = [.. guardrails.Where(guardrail => guardrail.State == GuardrailState.Broken).Select(guardrail => guardrail.Sentence)];
        var harm = Harm(evidence, effect, value, terms);
        var decision = Decide(evidence.Kind, doubts.Count > 0, missing.Count > 0, broken.Count > 0, harm is not null);
        string[] against = [.. doubts, .. broken, .. harm is null ? [] : new[] { harm }, .. missing];
        return new EvidenceVerdict
        {
            Kind = evidence.Kind,
            Measured = challenger.Effect,
            Effect = effect,
            ChosenAmong = evidence.Challengers.Count,
            Value = value,
            Guardrails = guardrails,
            Reasons = [.. For(evidence, challenger, effect, value, terms, guardrails), .. against.Select(Sentence)],
            Waiting = Waiting(evidence, value, terms),
            IsImmature = evidence.ImmatureShare > 0,
            Currency = terms.Currency,
            Preset = terms.Preset,
            Verdict = new Verdict
            {
                Decision = decision,
                Challenger = challenger.Name,
                ChallengerVersion = challenger.Version,
                Champion = evidence.Champion,
                Sentence = Words(decision, challenger.Name, evidence.Champion, value, terms.Currency, against),
                Money = value?.Yearly,
                NoMoneyReason = value is null ? "the effect has no interval" : null,
                Metrics = [],
                DecidingMetric = evidence.Metric,
                ProbabilityBetter = isDefined ? Distributions.NormalCdf(effect.Value / effect.StandardError) : double.NaN,
                MissingEvidence = [.. doubts, .. missing],
                GuardrailsBroken = broken,
                Assumptions = [.. Assumptions(evidence, terms)],
                Protocol = Protocol(evidence),
                MetricDefinitionsHash = MetricDefinitions.Hash,
            },
        };
    }

    private static (ChallengerEvidence Challenger, Estimate Effect, bool IsDefined) Best(VerdictEvidence evidence)
    {
        var defined = evidence.Challengers.Where(challenger => IsDefined(challenger.Effect)).ToList();
        if (defined.Count == 0) return (evidence.Challengers[0], evidence.Challengers[0].Effect, false);
        double[] values = [.. defined.Select(challenger => challenger.Effect.Value)], errors = [.. defined.Select(challenger => challenger.Effect.StandardError)];
        var shared = double.IsNaN(evidence.ChampionStandardError) ? 0 : evidence.ChampionStandardError * evidence.ChampionStandardError;
        if (defined.Count == 1) return (defined[0], defined[0].Effect, true);
        var (best, corrected) = BestOfSeveral.Correct(values, errors, shared, defined[0].Effect.Level);
        return (defined[best], corrected with { Count = defined[best].Effect.Count, Unit = defined[best].Effect.Unit }, true);
    }

    private static bool IsDefined(Estimate effect) => double.IsFinite(effect.Value) && double.IsFinite(effect.Low) && double.IsFinite(effect.High) && effect.StandardError > 0;

    private static Decision Decide(EvidenceKind kind, bool isDoubtful, bool isMissing, bool isBroken, bool isHarmful)
    {
        if (kind != EvidenceKind.Experiment) return isDoubtful || isMissing || isBroken || isHarmful ? Decision.Hold : Decision.Try;
        // Figures that cannot be trusted show no harm either.
        if (isDoubtful) return Decision.Hold;
        if (isBroken || isHarmful) return Decision.RollBack;
        return isMissing ? Decision.Hold : Decision.Ship;
    }

    private static IEnumerable<string> Doubts(VerdictEvidence evidence)
    {
        if (evidence.SampleRatioP < SampleRatioTest.AlarmBelow)
            yield return string.Create(CultureInfo.InvariantCulture, $"the arms' sizes are not those planned (sample ratio mismatch, p = {evidence.SampleRatioP:0.0e+0}): mend assignment or logging and start again");
        foreach (var doubt in evidence.Doubts) yield return doubt;
    }

    private static string? Harm(VerdictEvidence evidence, Estimate effect, EvidenceValue? value, ValueTerms terms)
    {
        if (value is null) return null;
        var margin = terms.Preset == DecisionPreset.DoNoHarm && terms.HarmMargin >= 0 ? terms.HarmMargin : 0;
        if (effect.High < -margin) return $"it is worse than {evidence.Champion} on {evidence.Metric} ({Interval(effect, terms.Currency)})";
        return terms.Preset == DecisionPreset.ClearSignals && value.Yearly.High < 0
            ? $"what it earns does not pay for what it costs ({FigureText.MoneyInterval(value.Yearly, terms.Currency)} a year)"
            : null;
    }

    private static IEnumerable<string> Missing(VerdictEvidence evidence, ChallengerEvidence challenger, Estimate effect, EvidenceValue? value, ValueTerms terms, bool isDefined)
    {
        if (!isDefined) yield return $"the effect of {challenger.Name} on {evidence.Metric} has no interval: no variance, or too few units";
        if (evidence is { Kind: EvidenceKind.Experiment, IsFinished: false, IsValidAtEveryLook: false })
            yield return "the experiment has not reached its planned size, and its interval holds only there; go on, or use a sequential interval";
        if (evidence.ImmatureShare > terms.ImmatureShareMax)
            yield return $"{FigureText.Percent(evidence.ImmatureShare)} of the outcomes are younger than the return window{(double.IsNaN(evidence.ReturnWindowDays) ? "" : $" of {FigureText.Number(evidence.ReturnWindowDays)} days")}; at most {FigureText.Percent(terms.ImmatureShareMax)} may be";
        if (evidence.Kind != EvidenceKind.Experiment && terms.LatencyPenalty > 0)
        {
            if (double.IsNaN(challenger.AddedLatencyMs)) yield return $"how much slower {challenger.Name} answers was not measured (added_latency_ms), and its shoppers did not feel it";
            else if (challenger.AddedLatencyMs > 0 && double.IsNaN(terms.MarginAUnit)) yield return "margin_a_unit is not stated, so that the latency penalty cannot be counted";
        }

        if (value is null) yield break;
        if (terms.Preset == DecisionPreset.DoNoHarm)
        {
            if (!(terms.HarmMargin >= 0)) yield return "do no harm needs harm_margin: how much worse the metric may be";
            else if (!(effect.Low > -terms.HarmMargin)) yield return $"harm by more than {FigureText.MoneyShort(terms.HarmMargin, terms.Currency)} a unit is not excluded ({Interval(effect, terms.Currency)})";
            yield break;
        }

        if (!(effect.Low > 0)) yield return $"the effect on {evidence.Metric} is not told from 0 ({Interval(effect, terms.Currency)})";
        if (!(value.Yearly.Value > 0)) yield return $"what it is expected to earn does not pay for what it costs ({FigureText.MoneyShort(value.Yearly.Value, terms.Currency, true)} a year)";
    }

    private static IEnumerable<string> For(
        VerdictEvidence evidence, ChallengerEvidence challenger, Estimate effect, EvidenceValue? value, ValueTerms terms, IReadOnlyList<JudgedGuardrail> guardrails)
    {
        if (value is null) yield break;
        if (evidence.Challengers.Count > 1)
            yield return $"Of {evidence.Challengers.Count} challengers {challenger.Name} looks best: its effect of {FigureText.MoneyShort(challenger.Effect.Value, terms.Currency, true)} a unit is corrected to {FigureText.MoneyShort(effect.Value, terms.Currency, true)} for having been chosen.";
        if (effect.Low > 0) yield return $"The effect on {evidence.Metric} lies above 0 with its whole interval: {Interval(effect, terms.Currency)}.";
        yield return $"Worth {FigureText.MoneyShort(value.Yearly.Value, terms.Currency, true)} a year ({FigureText.MoneyInterval(value.Yearly, terms.Currency)}); probability that it pays {FigureText.Probability(value.Present.ProbabilityProfit)}.";
        yield return $"Expected loss {FigureText.MoneyShort(value.Present.ExpectedLossIfShipped, terms.Currency)} if shipped, {FigureText.MoneyShort(value.Present.ExpectedLossIfNotShipped, terms.Currency)} if not.";
        if (evidence.Kind == EvidenceKind.Experiment && terms.LatencyPenalty > 0) yield return "Shoppers felt the latency: it is in the effect, and no penalty is taken.";
        if (evidence.ImmatureShare > 0) yield return $"Immature: {FigureText.Percent(evidence.ImmatureShare)} of the outcomes are younger than the return window; returns will still lower them.";
        foreach (var guardrail in guardrails.Where(guardrail => guardrail.State == GuardrailState.Holds)) yield return Sentence(guardrail.Sentence);
    }

    private static IReadOnlyList<WaitingValue> Waiting(VerdictEvidence evidence, EvidenceValue? value, ValueTerms terms)
    {
        if (evidence.Kind != EvidenceKind.Experiment || value is null || !(evidence.Days > 0)) return [];
        return [.. ValueOfWaiting.Choices.Select(days => ValueOfWaiting.Of(value.Yearly.Value, value.Yearly.StandardError, evidence.Days, days, terms.Years, evidence.ChallengerShare)).OrderByDescending(waiting => waiting.Net)];
    }

    private static IEnumerable<string> Assumptions(VerdictEvidence evidence, ValueTerms terms)
    {
        yield return $"{FigureText.Count(terms.UnitsAYear)} units a year, margin {FigureText.Percent(terms.Margin)} of the effect, {terms.Years} {(terms.Years == 1 ? "year" : "years")} at {FigureText.Percent(terms.Discount)} a year.";
        var carry = evidence.Kind == EvidenceKind.Offline ? terms.OfflineToOnline : terms.OffPolicyToOnline;
        if (evidence.Kind != EvidenceKind.Experiment)
            yield return string.Create(CultureInfo.InvariantCulture, $"{carry.Value:0.00} of the effect carries over to real shoppers, {carry.Low:0.00} to {carry.High:0.00}.");
        yield return "The effect stays as it is over the years.";
        if (evidence.Challengers.Count > 1 && double.IsNaN(evidence.ChampionStandardError))
            yield return "The challengers' effects are taken as independent: champion_standard_error is not stated.";
    }

    private static string Protocol(VerdictEvidence evidence)
    {
        var kind = evidence.Kind switch
        {
            EvidenceKind.Experiment => evidence.IsValidAtEveryLook ? "experiment, sequential interval" : "experiment, fixed horizon",
            EvidenceKind.OffPolicy => "off-policy",
            EvidenceKind.Offline => "offline",
            _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence.Kind, "Unknown kind of evidence."),
        };
        return $"{kind}, {evidence.Metric}{(double.IsNaN(evidence.Days) ? "" : $", {FigureText.Number(evidence.Days)} days")}";
    }

    private static string Words(Decision decision, string challenger, string champion, EvidenceValue? value, string currency, string[] against)
    {
        var money = value is null ? "" : FigureText.MoneyShort(value.Yearly.Value, currency, true);
        return decision switch
        {
            Decision.Ship => $"Ship {challenger}: expected {money} margin a year.",
            Decision.Try => $"Put {challenger} in an experiment: expected {money} margin a year.",
            Decision.RollBack => $"Roll back {challenger} to {champion}: {against[0]}.",
            Decision.Hold => $"Keep {champion}, hold {challenger}: {against[0]}.",
            _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "Unknown decision."),
        };
    }

    private static string Interval(Estimate effect, string currency) =>
        $"{FigureText.MoneyShort(effect.Value, currency, true)} a unit, {FigureText.Percent(effect.Level, decimals: 0)} interval {FigureText.MoneyInterval(effect, currency)}";

    private static string Sentence(string phrase) => char.ToUpperInvariant(phrase[0]) + phrase[1..] + (phrase.EndsWith('.') ? "" : ".");
}
