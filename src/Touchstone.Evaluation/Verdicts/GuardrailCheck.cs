using System.Globalization;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>Holds figures against guardrails.</summary>
internal static class GuardrailCheck
{
    /// <summary>What is wrong in words, or null where the guardrail holds.</summary>
    internal static string? Broken(Guardrail guardrail, double challenger, double champion)
    {
        var limit = guardrail.Limit;
        var (holds, bound) = guardrail.Kind switch
        {
            GuardrailKind.Minimum => (challenger >= limit, Text($"at least {limit}")),
            GuardrailKind.Maximum => (challenger <= limit, Text($"at most {limit}")),
            GuardrailKind.MaximumRelativeLoss => (challenger >= champion - (Math.Abs(champion) * limit), Text($"at most {limit * 100:0.##} % below the champion's {champion:0.####}")),
            GuardrailKind.MaximumRelativeGrowth => (challenger <= champion + (Math.Abs(champion) * limit), Text($"at most {limit * 100:0.##} % above the champion's {champion:0.####}")),
            _ => throw new ArgumentOutOfRangeException(nameof(guardrail), guardrail.Kind, "Unknown kind of guardrail."),
        };
        return holds ? null : Text($"{guardrail.Metric} is {challenger:0.####}; it must be {bound}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
