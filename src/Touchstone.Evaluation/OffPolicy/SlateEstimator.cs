namespace Touchstone.Evaluation.OffPolicy;

/// <summary>What a slate estimator takes for granted of how rewards arise.</summary>
public enum SlateAssumption
{
    /// <summary>Nothing: the whole slate is weighed (SIPS).</summary>
    Whole,

    /// <summary>A slot's reward follows from its own action (IIPS, independent).</summary>
    Independent,

    /// <summary>A slot's reward follows from its action and those above (RIPS, reward interaction; McInerney 2020).</summary>
    Cascade,

    /// <summary>The slate's reward is a sum of contributions of slots (PI, pseudo-inverse).</summary>
    Additive,

    /// <summary>As <see cref="Cascade"/>, with a reward model (cascade-DR; Kiyohara 2022, eq. 6).</summary>
    CascadeModel,
}

/// <summary>An estimator of the mean sum of slot rewards a slate.</summary>
/// <param name="Name">Name as it is asked for.</param>
/// <param name="Assumption">What it assumes.</param>
/// <param name="IsSelfNormalised">Whether weights are divided by their mean, slot by slot.</param>
public sealed record SlateEstimator(string Name, SlateAssumption Assumption, bool IsSelfNormalised)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SlateEstimator> All { get; } =
    [
        new("sips", SlateAssumption.Whole, false),
        new("iips", SlateAssumption.Independent, false),
        new("rips", SlateAssumption.Cascade, false),
        new("pi", SlateAssumption.Additive, false),
        new("cascade_dr", SlateAssumption.CascadeModel, false),
        new("snsips", SlateAssumption.Whole, true),
        new("sniips", SlateAssumption.Independent, true),
        new("snrips", SlateAssumption.Cascade, true),
    ];

    /// <summary>Reads a name.</summary>
    /// <exception cref="ArgumentException">There is no such estimator.</exception>
    public static SlateEstimator Parse(string name) => Find(name)
        ?? throw new ArgumentException($"There is no estimator of slates \"{name}\"; known: {string.Join(", ", All.Select(estimator => estimator.Name))}.", nameof(name));

    /// <summary>The estimator of a name; null where there is none.</summary>
    public static SlateEstimator? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
        return All.FirstOrDefault(estimator => estimator.Name.Replace("_", "", StringComparison.Ordinal) == plain);
    }
}
