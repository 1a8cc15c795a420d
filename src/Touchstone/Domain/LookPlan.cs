namespace Touchstone.Domain;

/// <summary>Over which looks at the data an experiment's intervals and p-values hold.</summary>
public enum LookRule
{
    /// <summary>One look, at the planned size.</summary>
    FixedHorizon,

    /// <summary>Every look, by an asymptotic confidence sequence.</summary>
    ConfidenceSequence,

    /// <summary>Every look, by the mixture sequential probability ratio test.</summary>
    MixtureTest,

    /// <summary>A few looks that were planned beforehand (group-sequential).</summary>
    PlannedLooks,
}

/// <summary>How much of alpha may be spent by an information fraction.</summary>
public enum AlphaSpending
{
    /// <summary>Like O'Brien and Fleming: hardly any early (Lan and DeMets 1983), α/2 on each side: 4(1 − Φ(z_{α/4}/√t)).</summary>
    OBrienFleming,

    /// <summary>Like Pocock: nearly even: α ln(1 + (e − 1)t).</summary>
    Pocock,

    /// <summary>Linear: αt.</summary>
    Linear,
}

/// <summary>When one looks at an experiment; all of it is chosen before the data.</summary>
public sealed record LookPlan
{
    /// <summary>Most looks that can be planned.</summary>
    public const int LooksMax = 100;

    /// <summary>Size (units of both arms) at which a confidence sequence is narrowest in relation, where none is stated.</summary>
    public const double DefaultTuning = 5000;

    /// <summary>Standard deviation of lifts thought likely beforehand, where none is stated.</summary>
    public const double DefaultMixtureLift = 0.05;

    /// <summary>Over which looks intervals hold.</summary>
    public LookRule Rule { get; init; } = LookRule.FixedHorizon;

    /// <summary>Units of both arms at which the confidence sequence is narrowest.</summary>
    public double Tuning { get; init; } = DefaultTuning;

    /// <summary>Standard deviation of lifts thought likely beforehand: the mixture of the mSPRT, above 0.</summary>
    public double MixtureLift { get; init; } = DefaultMixtureLift;

    /// <summary>[look] share of the planned units at each planned look, ascending, the last 1; empty where no looks are planned.</summary>
    public IReadOnlyList<double> Fractions { get; init; } = [];

    /// <summary>Which of the planned looks this is, from 1.</summary>
    public int Look { get; init; } = 1;

    /// <summary>How alpha is spent over the planned looks.</summary>
    public AlphaSpending Spending { get; init; } = AlphaSpending.OBrienFleming;

    /// <summary>Whether intervals hold at every look.</summary>
    public bool IsEveryLook => Rule is LookRule.ConfidenceSequence or LookRule.MixtureTest;

    /// <summary>Looks after equal parts of the units.</summary>
    /// <param name="count">Looks, 1 to <see cref="LooksMax"/>.</param>
    public static double[] EqualFractions(int count)
    {
        if (count is < 1 or > LooksMax) throw new ArgumentOutOfRangeException(nameof(count), count, $"Planned looks number 1 to {LooksMax}.");
        return [.. Enumerable.Range(1, count).Select(look => (double)look / count)];
    }

    /// <summary>Why shares are no plan of looks; null where they are.</summary>
    /// <param name="fractions">[look] share of the planned units.</param>
    public static string? Fault(IReadOnlyList<double> fractions)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        if (fractions.Count is < 1 or > LooksMax) return $"planned looks number 1 to {LooksMax}";
        for (var i = 0; i < fractions.Count; i++)
            if (!(fractions[i] > (i == 0 ? 0 : fractions[i - 1])) || fractions[i] > 1) return "shares of the planned units ascend within 0 to 1, e.g. 0.25, 0.5, 1";
        return fractions[^1] == 1 ? null : "the last look is at all planned units: end with 1";
    }
}
