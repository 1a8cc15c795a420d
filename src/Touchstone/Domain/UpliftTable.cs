namespace Touchstone.Domain;

/// <summary>A feature of units: numbers, or levels.</summary>
/// <param name="Name">Name.</param>
/// <param name="Numbers">[unit] finite numbers; empty where it has levels.</param>
/// <param name="Levels">[unit] index of the level; empty where it has numbers.</param>
/// <param name="LevelNames">[level] names, ordinal order; empty where it has numbers.</param>
public sealed record UnitFeature(string Name, double[] Numbers, int[] Levels, IReadOnlyList<string> LevelNames);

/// <summary>A randomised test's units: arm, outcome and what was known of each before.</summary>
public sealed record UpliftTable
{
    /// <summary>Names of the arms, ordinal order.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>[unit] index of its arm.</summary>
    public required int[] Arm { get; init; }

    /// <summary>[unit] outcome, finite.</summary>
    public required double[] Outcomes { get; init; }

    /// <summary>Features, known before the arm was drawn.</summary>
    public required IReadOnlyList<UnitFeature> Features { get; init; }

    /// <summary>What speaks against trusting the table, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The units of two arms: the second is the treatment, arm 1.</summary>
    /// <param name="control">Index of the control arm.</param>
    /// <param name="treatment">Index of the treatment arm.</param>
    public UpliftTable Pair(int control, int treatment)
    {
        var pair = Rows([.. Enumerable.Range(0, Arm.Length).Where(row => Arm[row] == control || Arm[row] == treatment)]);
        return pair with { Arms = [Arms[control], Arms[treatment]], Arm = [.. pair.Arm.Select(arm => arm == treatment ? 1 : 0)] };
    }

    /// <summary>Some of the units.</summary>
    /// <param name="rows">Their places.</param>
    public UpliftTable Rows(int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        T[] Pick<T>(T[] column) => column.Length == 0 ? [] : [.. rows.Select(row => column[row])];
        return this with { Arm = Pick(Arm), Outcomes = Pick(Outcomes), Features = [.. Features.Select(feature => feature with { Numbers = Pick(feature.Numbers), Levels = Pick(feature.Levels) })] };
    }
}
