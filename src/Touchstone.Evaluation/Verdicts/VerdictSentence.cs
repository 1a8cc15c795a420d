using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Value;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>The verdict in one sentence.</summary>
internal static class VerdictSentence
{
    internal static string Of(
        Decision decision,
        PairedComparison comparison,
        ComparedMetric deciding,
        MoneyValue? money,
        List<string> broken,
        List<string> missing)
    {
        if (decision == Decision.Try)
        {
            return money is not null
                ? $"Put {comparison.Challenger} in an experiment: expected {Money(money)} margin a year."
                : $"Put {comparison.Challenger} in an experiment: {deciding.Metric} {FigureText.Metric(deciding.Challenger.Value)} against {FigureText.Metric(deciding.Champion.Value)} of {comparison.Champion}.";
        }

        var because = broken.Count > 0 ? "a guardrail is broken: " + broken[0] : missing[0];
        return $"Keep {comparison.Champion}, hold {comparison.Challenger}: {because}.";
    }

    internal static string Money(MoneyValue money) => FigureText.MoneyShort(money.Yearly.Value, money.Assumptions.Currency, true);
}
