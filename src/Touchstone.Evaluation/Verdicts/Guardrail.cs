namespace Touchstone.Evaluation.Verdicts;

/// <summary>What a guardrail bounds.</summary>
public enum GuardrailKind
{
    /// <summary>The challenger's figure must be at least the limit.</summary>
    Minimum,

    /// <summary>The challenger's figure must be at most the limit.</summary>
    Maximum,

    /// <summary>The challenger's figure may lie below the champion's by at most this share of it.</summary>
    MaximumRelativeLoss,

    /// <summary>The challenger's figure may lie above the champion's by at most this share of it.</summary>
    MaximumRelativeGrowth,
}

/// <summary>A figure that must not get worse, whatever the gain.</summary>
/// <param name="Metric">A figure's name: those of the ranking result, <c>rank_ms_p99</c>, or one handed in beside it.</param>
/// <param name="Kind">What is bounded.</param>
/// <param name="Limit">The bound, in the figure's unit or as a share.</param>
public sealed record Guardrail(string Metric, GuardrailKind Kind, double Limit);
