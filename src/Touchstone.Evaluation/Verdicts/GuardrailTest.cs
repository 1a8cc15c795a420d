using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>What a guardrail's interval says.</summary>
public enum GuardrailState
{
    /// <summary>The whole interval lies on the good side of the margin: it is not worse by as much.</summary>
    Holds,

    /// <summary>The interval reaches over the margin: not known.</summary>
    NotProven,

    /// <summary>The whole interval lies beyond the margin: it is worse by more.</summary>
    Broken,

    /// <summary>Not measured, or without an interval or a margin.</summary>
    NotMeasured,
}

/// <summary>A guardrail with its outcome.</summary>
/// <param name="Metric">What.</param>
/// <param name="Difference">Challenger − champion; null where not measured.</param>
/// <param name="Margin">How much worse it may be.</param>
/// <param name="IsHigherBetter">Which way is good.</param>
/// <param name="State">What the interval says.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record JudgedGuardrail(string Metric, Estimate? Difference, double Margin, bool IsHigherBetter, GuardrailState State, string Sentence);

/// <summary>
/// Guardrails as tests of non-inferiority: one passes only when the interval of the difference excludes the margin; not finding harm is not
/// evidence of none. All must pass, so no correction for their number is needed (intersection–union test; Berger 1982).
/// </summary>
public static class GuardrailTest
{
    /// <summary>Judges the guardrails that are asked for and those that the evidence brings, in that order.</summary>
    /// <param name="asked">What the shop asks for; its margins win.</param>
    /// <param name="measured">What was measured.</param>
    public static IReadOnlyList<JudgedGuardrail> Judge(IReadOnlyList<RequiredGuardrail> asked, IReadOnlyList<GuardrailEvidence> measured)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(measured);
        return
        [
            .. asked.Select(guardrail => Judge(guardrail.Metric, measured.FirstOrDefault(found => found.Metric == guardrail.Metric)?.Difference, guardrail.Margin, guardrail.IsHigherBetter)),
            .. measured.Where(found => asked.All(guardrail => guardrail.Metric != found.Metric)).Select(found => Judge(found.Metric, found.Difference, found.Margin, found.IsHigherBetter)),
        ];
    }

    /// <summary>Judges one.</summary>
    public static JudgedGuardrail Judge(string metric, Estimate? difference, double margin, bool isHigherBetter)
    {
        if (difference is null) return new JudgedGuardrail(metric, null, margin, isHigherBetter, GuardrailState.NotMeasured, $"the guardrail on {metric} was not measured");
        if (!(margin >= 0)) return new JudgedGuardrail(metric, difference, margin, isHigherBetter, GuardrailState.NotMeasured, $"the guardrail on {metric} has no margin: state how much worse it may be");
        if (!double.IsFinite(difference.Low) || !double.IsFinite(difference.High))
            return new JudgedGuardrail(metric, difference, margin, isHigherBetter, GuardrailState.NotMeasured, $"the guardrail on {metric} has no interval");
        // Turned so that higher is better.
        var (low, high) = isHigherBetter ? (difference.Low, difference.High) : (-difference.High, -difference.Low);
        var state = low > -margin ? GuardrailState.Holds : high < -margin ? GuardrailState.Broken : GuardrailState.NotProven;
        var interval = string.Create(CultureInfo.InvariantCulture, $"{difference.Value:+0.####;−0.####;0} ({difference.Low:+0.####;−0.####;0} to {difference.High:+0.####;−0.####;0})");
        var limit = string.Create(CultureInfo.InvariantCulture, $"{(isHigherBetter ? -margin : margin):+0.####;−0.####;0}");
        return new JudgedGuardrail(metric, difference, margin, isHigherBetter, state, state switch
        {
            GuardrailState.Holds => $"the guardrail on {metric} holds: {interval} excludes the margin {limit}",
            GuardrailState.Broken => $"the guardrail on {metric} is broken: {interval} lies beyond the margin {limit}",
            _ => $"the guardrail on {metric} is not proven: {interval} reaches over the margin {limit}; more data would tell",
        });
    }
}
