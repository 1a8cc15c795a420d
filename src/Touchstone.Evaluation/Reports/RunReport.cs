using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Evaluation.Reports;

/// <summary>Composes the report of a run: verdict, key figures, models, money, cleaning, slates, costs, how it was measured.</summary>
public static class RunReport
{
    /// <summary>The document, ready to be rendered.</summary>
    public static ReportDocument Compose(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        List<ReportSection> sections = [VerdictPart(evidence)];
        if (Cards(evidence) is { Cards.Count: > 0 } cards) sections.Add(cards);
        if (evidence.Warnings.Count > 0)
            sections.Add(new NotesSection { Heading = "Read this first", Notes = evidence.Warnings, IsWarning = true });
        if (evidence.Models.Count > 0) sections.AddRange([ModelSections.Table(evidence), ModelSections.Charts(evidence)]);
        List<ReportSection> pair = [];
        if (evidence.Verdict?.Money is { } money) pair.Add(MoneySections.Waterfall(money));
        if (evidence.Cleaning is { } cleaning) pair.Add(CleaningSections.Table(cleaning, evidence.Currency));
        if (pair.Count > 0) sections.Add(pair.Count == 1 ? pair[0] : new PairSection { Sections = pair });
        if (evidence.Verdict?.Money is { } chain) sections.Add(MoneySections.Steps(chain));
        if (evidence.Slates.Count > 0)
            sections.Add(new SlatesSection { Heading = "What a shopper would see", Sentence = evidence.SlatesSentence, Slates = evidence.Slates });
        if (evidence.Language is { } language) sections.AddRange(LanguageSections.Of(language));
        if (evidence.NotApplicable.Count > 0)
        {
            sections.Add(new NotesSection
            {
                Heading = "What this data cannot say",
                Notes = [.. evidence.NotApplicable.Select(part => $"{part.Stage}: {part.Reason}")],
            });
        }

        if (evidence.Stages.Count > 0) sections.Add(CostSection(evidence));
        sections.Add(HowMeasured(evidence));
        return new ReportDocument
        {
            Title = $"{evidence.Shop}: {(evidence.Verdict is { } judged ? DecisionWord(judged.Verdict.Decision) + " " + judged.Verdict.Challenger : "no verdict")} · Touchstone",
            Facts = [evidence.Shop, .. evidence.Facts],
            Sections = sections,
            FiguresJson = FiguresJson.Write(evidence),
        };
    }

    /// <summary>A decision as people read it.</summary>
    public static string DecisionWord(Decision decision) => decision switch
    {
        Decision.Try => "try",
        Decision.Ship => "ship",
        Decision.Hold => "hold",
        Decision.RollBack => "roll back",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "Unknown decision."),
    };

    private static VerdictSection VerdictPart(RunEvidence evidence)
    {
        if (evidence.Verdict is null)
            return new VerdictSection { Decision = "no verdict", Sentence = evidence.NoVerdictReason ?? "Nothing could be judged.", Paragraphs = [] };
        var (verdict, money) = evidence.Verdict;
        List<string> paragraphs = [];
        if (money is not null)
        {
            var factor = money.Assumptions.OfflineToOnline;
            paragraphs.Add(
                $"{FigureText.Percent(money.Yearly.Level, decimals: 0)} interval {FigureText.MoneyInterval(money.Yearly, money.Assumptions.Currency)} a year, if {FigureText.Number(factor.Value)} of the offline gain carries over ({FigureText.Number(factor.Low)} to {FigureText.Number(factor.High)}: an assumption until your own experiments have calibrated it)."
                + $" Probability that {verdict.Challenger} is better than {verdict.Champion}: {FigureText.Probability(verdict.ProbabilityBetter)}."
                + (verdict.ExperimentDays is { } days ? $" An experiment of about {FigureText.Count(days)} {(days == 1 ? "day" : "days")} with half the traffic each would settle it." : ""));
        }
        else
        {
            paragraphs.Add($"No money verdict: {verdict.NoMoneyReason}. Judged on {verdict.DecidingMetric} alone; probability that {verdict.Challenger} is better than {verdict.Champion}: {FigureText.Probability(verdict.ProbabilityBetter)}.");
        }

        var reasons = verdict.GuardrailsBroken.Concat(verdict.MissingEvidence).ToList();
        if (reasons.Count > 1) paragraphs.Add("Why it is held: " + string.Join("; ", reasons) + ".");
        return new VerdictSection
        {
            Decision = DecisionWord(verdict.Decision),
            Sentence = verdict.Sentence,
            Money = money is null ? null : FigureText.MoneyShort(money.Yearly.Value, money.Assumptions.Currency, true),
            MoneyInFull = money is null ? null : FigureText.MoneyFull(money.Yearly.Value, money.Assumptions.Currency, true),
            Paragraphs = paragraphs,
        };
    }

    private static CardsSection Cards(RunEvidence evidence)
    {
        List<ReportCard> cards = [];
        if (evidence.Verdict is { } judged && evidence.Models.FirstOrDefault(model => model.Result.Model == judged.Verdict.Challenger) is { AgainstChampion: { } comparison } challenger)
        {
            var champion = evidence.Models.FirstOrDefault(model => model.Result.Model == evidence.Champion)?.Result;
            if (comparison.Find(judged.Verdict.DecidingMetric) is { RelativeDifference: { } gain } deciding)
            {
                var tone = deciding.Difference.Low > 0 ? Tone.Good : deciding.Difference.High < 0 ? Tone.Bad : Tone.Plain;
                cards.Add(new ReportCard(ModelSections.MetricName(deciding.Metric), FigureText.Percent(gain.Value, true), $"{ModelSections.Range(gain)} against {comparison.Champion}", tone));
            }

            var ten = judged.Verdict.DecidingMetric[judged.Verdict.DecidingMetric.IndexOf('@', StringComparison.Ordinal)..];
            cards.Add(new ReportCard(
                $"catalogue shown in the first {ten[1..]}",
                FigureText.Percent(challenger.Result.Figure("coverage" + ten)),
                champion is null ? "" : $"{champion.Model}: {FigureText.Percent(champion.Figure("coverage" + ten))}"));
            var times = challenger.Result.RankMilliseconds;
            cards.Add(new ReportCard("time to rank a shopper", FigureText.Duration(times.Mean), $"half under {FigureText.Duration(times.P50)}, 99 % under {FigureText.Duration(times.P99)}"));
        }

        if (evidence.Cleaning is { RowsIn: > 0 } cleaning)
        {
            cards.Add(new ReportCard(
                "rows kept",
                FigureText.Percent(cleaning.RowsKept / (double)cleaning.RowsIn),
                $"{FigureText.Count(cleaning.RowsIn - cleaning.RowsKept)} of {FigureText.Count(cleaning.RowsIn)} set aside, each accounted for"));
        }

        return new CardsSection { Cards = cards };
    }

    private static TableSection CostSection(RunEvidence evidence) => new()
    {
        Heading = "What the run cost",
        Caption = "Time and memory of each stage",
        Columns = [new("stage"), new("time", true), new("peak memory", true)],
        Rows = [.. evidence.Stages.Select(stage => new ReportRow(
            [new TextCell(stage.Stage), new TextCell(FigureText.Duration(stage.Seconds * 1000)), new TextCell(FigureText.Memory(stage.PeakMemoryMiB))]))],
    };

    private static DetailsSection HowMeasured(RunEvidence evidence)
    {
        List<ReportDetail> details = [];
        if (evidence.Models.Count > 0)
        {
            var result = evidence.Models[0].Result;
            var protocol = result.Protocol;
            List<KeyValuePair<string, string>> entries =
            [
                new("split", protocol.Split),
                new("candidates", protocol.SampledNegatives == 0 ? "full: all products are ranked" : $"{protocol.Candidates}: not comparable with a full ranking"),
                new("history", protocol.History + (result.RepeatCount > 0 ? $"; {FigureText.Count(result.RepeatCount)} repeat purchases are not asked for" : "")),
                new("gain", protocol.Gain),
                new("ties", protocol.Ties + "; " + string.Join(", ", evidence.Models.Select(model => $"{model.Result.Model} {FigureText.Count(model.Result.TiedCount)} tied"))),
                new("undefined", protocol.Undefined + ": units without a judged product new to them are left out and counted"),
                new("judged", $"{FigureText.Count(result.Count)} cases, {FigureText.Count(result.TargetRanks.Length)} products"),
            ];
            if (evidence.Models.FirstOrDefault(model => model.AgainstChampion is not null)?.AgainstChampion is { } comparison)
                entries.Add(new("intervals", $"paired bootstrap over cases, {FigureText.Count(comparison.Options.Replicates)} replicates, percentile, {FigureText.Percent(comparison.Options.Level, decimals: 0)}, seed {comparison.Options.Seed.Value}"));
            details.Add(new ReportDetail("Protocol", entries));
            details.Add(new ReportDetail(
                "Metrics", [.. MetricDefinitions.Ranking.Select(metric => new KeyValuePair<string, string>(metric.Metric, metric.Definition)), new("definitions", MetricDefinitions.Hash)]));
        }

        if (evidence.Verdict is { Verdict.Assumptions.Count: > 0 } judged)
            details.Add(new ReportDetail("Assumptions", [.. judged.Verdict.Assumptions.Select((text, i) => new KeyValuePair<string, string>(FigureText.Count(i + 1), text))]));
        if (evidence.Manifest.Count > 0) details.Add(new ReportDetail("Options, seed, versions, machine", evidence.Manifest));
        return new DetailsSection
        {
            Heading = "How it was measured",
            Sentence = evidence.Command is null ? null : $"Every figure above can be had again with: {evidence.Command}",
            Details = details,
        };
    }
}
