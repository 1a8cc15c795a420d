using Touchstone.Numerics;

namespace Touchstone.Domain;

/// <summary>When an effect is good enough.</summary>
public enum DecisionPreset
{
    /// <summary>Ship what is better: the whole interval lies above 0 and the expected money too.</summary>
    ClearSignals,

    /// <summary>Ship what does no harm: the whole interval lies above −(harm margin). For changes that are wanted for other reasons.</summary>
    DoNoHarm,
}

/// <summary>A guardrail that a shop asks for.</summary>
/// <param name="Metric">What.</param>
/// <param name="Margin">How much worse it may be, in the metric's unit, at least 0.</param>
/// <param name="IsHigherBetter">Which way is good.</param>
public sealed record RequiredGuardrail(string Metric, double Margin, bool IsHigherBetter);

/// <summary>A shop's figures between an effect a unit and money; file form: docs/formats.md.</summary>
public sealed record ValueTerms
{
    /// <summary>Reporting currency, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Units (visitors, shoppers) a year.</summary>
    public required double UnitsAYear { get; init; }

    /// <summary>Share of the effect that is margin, in (0, 1]: 1 where the effect is in margin already.</summary>
    public required double Margin { get; init; }

    /// <summary>Requests a unit makes a year.</summary>
    public double RequestsAUnit { get; init; }

    /// <summary>What 1,000 requests cost more than with the champion.</summary>
    public double CostPer1000Requests { get; init; }

    /// <summary>Other cost of having the challenger, a year.</summary>
    public double YearlyCost { get; init; }

    /// <summary>Cost of switching, once, paid at once.</summary>
    public double SwitchingCost { get; init; }

    /// <summary>Years looked ahead, from 1.</summary>
    public int Years { get; init; } = 1;

    /// <summary>Discount a year, paid at year ends.</summary>
    public double Discount { get; init; }

    /// <summary>Share of margin lost for each 100 ms that a request takes longer.</summary>
    public double LatencyPenalty { get; init; }

    /// <summary>The champion's margin a unit and year, which the latency penalty is a share of; NaN where not stated.</summary>
    public double MarginAUnit { get; init; } = double.NaN;

    /// <summary>Share of an offline effect that carries over to shoppers: median and 95 % limits.</summary>
    public (double Value, double Low, double High) OfflineToOnline { get; init; } = (0.3, 0.1, 0.5);

    /// <summary>Share of an off-policy effect that carries over: median and 95 % limits.</summary>
    public (double Value, double Low, double High) OffPolicyToOnline { get; init; } = (1, 1, 1);

    /// <summary>When an effect is good enough.</summary>
    public DecisionPreset Preset { get; init; } = DecisionPreset.ClearSignals;

    /// <summary>For <see cref="DecisionPreset.DoNoHarm"/>: how much worse the metric may be, in its unit; NaN where not stated.</summary>
    public double HarmMargin { get; init; } = double.NaN;

    /// <summary>Most of the outcomes that may be younger than the return window, in [0, 1].</summary>
    public double ImmatureShareMax { get; init; } = 0.1;

    /// <summary>Guardrails asked for, beside those that the evidence brings.</summary>
    public IReadOnlyList<RequiredGuardrail> Guardrails { get; init; } = [];

    /// <summary>Present value of 1 a year, at year ends.</summary>
    public double AnnuityFactor => Annuity.Factor(Years, Discount);
}
