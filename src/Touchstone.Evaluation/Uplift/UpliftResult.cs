using Touchstone.Domain;

namespace Touchstone.Evaluation.Uplift;

/// <summary>What contacting by one rule is worth.</summary>
/// <param name="Name">Rule.</param>
/// <param name="ContactedShare">Share of units contacted.</param>
/// <param name="Value">Money a unit of the whole more than contacting nobody.</param>
/// <param name="AgainstTargeting">Targeting by uplift − this rule, money a unit, on the same resamples; null for targeting itself.</param>
public sealed record ContactPolicy(string Name, double ContactedShare, Estimate Value, Estimate? AgainstTargeting);

/// <summary>Units of like predicted uplift, with what was seen.</summary>
/// <param name="Rank">1 for the highest predictions.</param>
/// <param name="Count">Units.</param>
/// <param name="Predicted">Mean predicted uplift.</param>
/// <param name="Observed">Mean treated − mean untreated, with Welch's interval; NaN where an arm has fewer than two.</param>
public sealed record UpliftGroup(int Rank, int Count, double Predicted, Estimate Observed);

/// <summary>One treatment against control.</summary>
public sealed record UpliftResult
{
    /// <summary>Treatment.</summary>
    public required string Treatment { get; init; }

    /// <summary>Control.</summary>
    public required string Control { get; init; }

    /// <summary>Units of each.</summary>
    public required (int Treated, int Untreated) Counts { get; init; }

    /// <summary>Units that the models did not learn from: the order and the rules are judged on these.</summary>
    public required int JudgedCount { get; init; }

    /// <summary>Mean outcomes of each.</summary>
    public required (double Treated, double Untreated) Means { get; init; }

    /// <summary>Mean effect of treatment over all units, with Welch's interval.</summary>
    public required Estimate Effect { get; init; }

    /// <summary>Area under the uplift curve, outcome a unit.</summary>
    public required Estimate Auuc { get; init; }

    /// <summary>AUUC above that of chance, half the mean effect of the judged units: how much the order is worth.</summary>
    public required Estimate AuucAboveChance { get; init; }

    /// <summary>Qini coefficient, outcome a treated unit; 0 by chance.</summary>
    public required Estimate Qini { get; init; }

    /// <summary>Fifths by predicted uplift, highest first.</summary>
    public required IReadOnlyList<UpliftGroup> Groups { get; init; }

    /// <summary>Targeting by uplift, all, none, likeliest responders.</summary>
    public required IReadOnlyList<ContactPolicy> Policies { get; init; }

    /// <summary>Curve at tenths: share of units, uplift, Qini.</summary>
    public required IReadOnlyList<(double Share, double Uplift, double Qini)> Curve { get; init; }

    /// <summary>Model used.</summary>
    public required string Learner { get; init; }
}
