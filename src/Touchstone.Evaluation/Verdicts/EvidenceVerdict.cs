using Touchstone.Domain;
using Touchstone.Evaluation.Value;

namespace Touchstone.Evaluation.Verdicts;

/// <summary>A verdict with all that it rests on.</summary>
public sealed record EvidenceVerdict
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Where the effect was seen.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>The effect as measured, money a unit.</summary>
    public required Estimate Measured { get; init; }

    /// <summary>The effect as judged: corrected where the challenger was chosen among several.</summary>
    public required Estimate Effect { get; init; }

    /// <summary>How many challengers it was chosen among.</summary>
    public required int ChosenAmong { get; init; }

    /// <summary>The chain to money; null where the effect has no interval.</summary>
    public required EvidenceValue? Value { get; init; }

    /// <summary>Guardrails with their outcomes.</summary>
    public required IReadOnlyList<JudgedGuardrail> Guardrails { get; init; }

    /// <summary>What speaks for and against, a sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What more data would be worth, the best choice first; empty but for experiments of known length.</summary>
    public required IReadOnlyList<WaitingValue> Waiting { get; init; }

    /// <summary>Whether some outcomes are younger than the return window.</summary>
    public required bool IsImmature { get; init; }

    /// <summary>Reporting currency.</summary>
    public required string Currency { get; init; }

    /// <summary>The rule that decided.</summary>
    public required DecisionPreset Preset { get; init; }
}
