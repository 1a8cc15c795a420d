namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>What a unit counts in the mean of their AUCs.</summary>
public enum GroupWeight
{
    /// <summary>Its rows (impressions).</summary>
    Impressions,

    /// <summary>Its rows that were so (clicks).</summary>
    Clicks,

    /// <summary>One.</summary>
    Uniform,
}

/// <summary>AUC within units (shoppers, queries), which only the order within each can raise (GAUC; Zhu et al. 2017).</summary>
/// <param name="Value">Weighted mean of the units' AUCs; NaN where no unit has both classes.</param>
/// <param name="UnitAucs">[unit] AUC; NaN for a unit with one class only, which is left out above and below the line.</param>
/// <param name="SkippedCount">Units with one class only.</param>
public sealed record GroupedAuc(double Value, double[] UnitAucs, int SkippedCount)
{
    /// <summary>Computes.</summary>
    /// <param name="scores">[row] higher means more likely.</param>
    /// <param name="labels">[row] what was so.</param>
    /// <param name="units">[row] unit, from 0.</param>
    /// <param name="unitCount">How many units.</param>
    /// <param name="weight">What a unit counts.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, a NaN score or a unit out of range (names the row).</exception>
    public static GroupedAuc Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<int> units, int unitCount, GroupWeight weight)
    {
        if (units.Length != labels.Length) throw new ArgumentException($"{units.Length} units for {labels.Length} labels; give one each.", nameof(units));
        var order = BinaryMetrics.Order(scores, labels.Length);
        var (starts, rows) = (new int[unitCount + 1], new int[labels.Length]);
        for (var row = 0; row < units.Length; row++)
        {
            if ((uint)units[row] >= (uint)unitCount) throw new ArgumentException($"units[{row}] = {units[row]}; expected 0 to {unitCount - 1}.", nameof(units));
            starts[units[row] + 1]++;
        }

        for (var unit = 0; unit < unitCount; unit++) starts[unit + 1] += starts[unit];
        var next = starts[..unitCount];
        // Taken in the order of the scores, each unit's rows stay in it.
        foreach (var row in order) rows[next[units[row]]++] = row;
        var (ones, aucs, sum, total, skipped) = (new double[labels.Length], new double[unitCount], 0.0, 0.0, 0);
        Array.Fill(ones, 1);
        for (var unit = 0; unit < unitCount; unit++)
        {
            var own = rows.AsSpan(starts[unit], starts[unit + 1] - starts[unit]);
            aucs[unit] = BinaryMetrics.Auc(scores, labels, own, ones);
            if (double.IsNaN(aucs[unit]))
            {
                skipped++;
                continue;
            }

            var clicks = 0;
            foreach (var row in own)
                if (labels[row]) clicks++;
            var counts = weight switch
            {
                GroupWeight.Impressions => own.Length,
                GroupWeight.Clicks => clicks,
                GroupWeight.Uniform => 1,
                _ => throw new ArgumentOutOfRangeException(nameof(weight), weight, "Unknown weight."),
            };
            sum += counts * aucs[unit];
            total += counts;
        }

        return new GroupedAuc(total == 0 ? double.NaN : sum / total, aucs, skipped);
    }
}
