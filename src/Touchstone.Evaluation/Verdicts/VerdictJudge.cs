using System.Globalization;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Value;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>All that an offline verdict rests on.</summary>
public sealed record OfflineEvidence
{
    /// <summary>Challenger against champion; holds the deciding metric.</summary>
    public required PairedComparison Comparison { get; init; }

    /// <summary>The challenger's result.</summary>
    public required RankingResult Challenger { get; init; }

    /// <summary>The champion's result.</summary>
    public required RankingResult Champion { get; init; }

    /// <summary>The shop's figures; null where there can be no money verdict.</summary>
    public MoneyAssumptions? Money { get; init; }

    /// <summary>Why there is no money verdict, e.g. <c>the catalogue has no prices</c>.</summary>
    public string? NoMoneyReason { get; init; }

    /// <summary>Figures that must not get worse.</summary>
    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>Other figures of the challenger that guardrails may name, e.g. <c>train_seconds</c>.</summary>
    public IReadOnlyList<NamedFigure> ChallengerFigures { get; init; } = [];

    /// <summary>Other figures of the champion.</summary>
    public IReadOnlyList<NamedFigure> ChampionFigures { get; init; } = [];

    /// <summary>What speaks against trusting the figures, e.g. a leak that was found: it forbids <c>try</c>.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Cut-off of the deciding metric.</summary>
    public int CutOff { get; init; } = 10;
}

/// <summary>A verdict with the money behind it.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Money">The chain behind its money; null where there is no money verdict.</param>
public sealed record JudgedVerdict(Verdict Verdict, MoneyValue? Money);

/// <summary>
/// Offline evidence can say try or hold, never ship. Try: the difference of margin captured (without prices, of NDCG) lies above 0
/// with its whole interval, the expected money a year is above 0, every guardrail holds, and nothing makes the figures doubtful.
/// The interval of the money itself may reach below 0: it holds the assumption that only an experiment can settle.
/// </summary>
public static class VerdictJudge
{
    /// <summary>Judges.</summary>
    /// <exception cref="ArgumentException">The comparison lacks the deciding metric, or is of other models.</exception>
    public static JudgedVerdict Judge(OfflineEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var comparison = evidence.Comparison;
        if (comparison.Challenger != evidence.Challenger.Model || comparison.Champion != evidence.Champion.Model)
            throw new ArgumentException($"The comparison is of \"{comparison.Challenger}\" and \"{comparison.Champion}\", the results of \"{evidence.Challenger.Model}\" and \"{evidence.Champion.Model}\".", nameof(evidence));
        var margin = comparison.Find(Name("margin", evidence.CutOff));
        var hasMoney = evidence.Money is not null && margin is not null;
        var reason = hasMoney ? null : evidence.NoMoneyReason ?? (margin is null ? "no judged purchase has a known margin" : "no money figures are given in shop.yaml");
        var decidingName = hasMoney ? Name("margin", evidence.CutOff) : Name("ndcg", evidence.CutOff);
        var deciding = comparison.Find(decidingName)
            ?? throw new ArgumentException($"The comparison lacks \"{decidingName}\"; ask for it when comparing.", nameof(evidence));
        var money = evidence.Money is not null && margin is not null ? MoneyChain.Value(margin, evidence.Money, comparison.Options) : null;

        List<string> missing = [], broken = [];
        foreach (var guardrail in evidence.Guardrails) Check(guardrail, evidence, missing, broken);
        missing.AddRange(evidence.Doubts);
        if (!(deciding.Difference.Low > 0)) missing.Add(NotBetter(deciding, comparison, money is not null ? money.Assumptions.Currency : ""));
        if (money is not null && !(money.Yearly.Value > 0))
            missing.Add($"what it would earn does not pay for what it costs ({FigureText.MoneyShort(money.Yearly.Value, money.Assumptions.Currency, true)} a year)");
        var decision = missing.Count == 0 && broken.Count == 0 ? Decision.Try : Decision.Hold;
        var days = money is not null && margin is not null ? ExperimentLength.Days(margin, MeanMargin(evidence.Champion), money.Assumptions) : null;
        return new JudgedVerdict(new Verdict
        {
            Decision = decision,
            Challenger = comparison.Challenger,
            Champion = comparison.Champion,
            Sentence = VerdictSentence.Of(decision, comparison, deciding, money, broken, missing),
            Money = money?.Yearly,
            NoMoneyReason = reason,
            Metrics = [.. comparison.Metrics.OrderBy(metric => metric.Metric == decidingName ? 0 : 1)
                .Select(metric => new VerdictMetric(metric.Metric, metric.Challenger, metric.Champion, metric.Difference, metric.ProbabilityBetter))],
            DecidingMetric = decidingName,
            ProbabilityBetter = deciding.ProbabilityBetter,
            MissingEvidence = missing,
            GuardrailsBroken = broken,
            Assumptions = money is null ? [] : AssumptionSentences.Of(money.Assumptions),
            Protocol = comparison.Protocol.Description,
            MetricDefinitionsHash = MetricDefinitions.Hash,
            ExperimentDays = decision == Decision.Try ? days : null,
        }, money);
    }

    private static void Check(Guardrail guardrail, OfflineEvidence evidence, List<string> missing, List<string> broken)
    {
        var challenger = Figure(guardrail.Metric, evidence.Challenger, evidence.ChallengerFigures);
        var champion = Figure(guardrail.Metric, evidence.Champion, evidence.ChampionFigures);
        var needsChampion = guardrail.Kind is GuardrailKind.MaximumRelativeLoss or GuardrailKind.MaximumRelativeGrowth;
        if (double.IsNaN(challenger) || (needsChampion && double.IsNaN(champion)))
            missing.Add($"the guardrail on {guardrail.Metric} was not measured");
        else if (GuardrailCheck.Broken(guardrail, challenger, champion) is { } text)
            broken.Add(text);
    }

    private static double Figure(string metric, RankingResult result, IReadOnlyList<NamedFigure> others) => metric switch
    {
        "rank_ms" => result.RankMilliseconds.Mean,
        "rank_ms_p50" => result.RankMilliseconds.P50,
        "rank_ms_p99" => result.RankMilliseconds.P99,
        _ => result.Figures.Concat(others).FirstOrDefault(figure => figure.Metric == metric)?.Value ?? double.NaN,
    };

    private static string NotBetter(ComparedMetric deciding, PairedComparison comparison, string currency)
    {
        string Text(double value) => currency.Length > 0 ? FigureText.MoneyShort(value, currency, true) : Signed(value);
        var interval = $"{Text(deciding.Difference.Low)} to {Text(deciding.Difference.High)}";
        return deciding.Difference.High < 0
            ? $"{comparison.Challenger} is worse than {comparison.Champion} on {deciding.Metric} ({interval})"
            : $"the difference on {deciding.Metric} is not told from 0 ({interval} on {FigureText.Count(comparison.UnitCount)} cases)";
    }

    private static string Signed(double value) => (value > 0 ? "+" : "") + FigureText.Metric(value);

    private static double MeanMargin(RankingResult result) => result.MarginsJudged.Sum() / result.PurchasesWithMargin.Sum();

    private static string Name(string metric, int k) => string.Create(CultureInfo.InvariantCulture, $"{metric}@{k}");
}
