namespace Touchstone.Evaluation.Experiments;

/// <summary>What to do with a value that is not a number.</summary>
public enum MissingRule
{
    /// <summary>Refuse it and name its row.</summary>
    Refuse,

    /// <summary>Take it as 0 (a unit without orders).</summary>
    Zero,
}

/// <summary>Checks columns at the door: nothing that is not a number enters a statistic, and nothing is dropped.</summary>
public static class MetricValues
{
    /// <summary>The values, all finite.</summary>
    /// <param name="values">[unit] values.</param>
    /// <param name="name">Name of the column or arm, for the message.</param>
    /// <param name="rule">What NaN means. Infinity is always refused.</param>
    /// <exception cref="ArgumentException">A value is not finite (names the row, from 0).</exception>
    public static double[] Checked(ReadOnlySpan<double> values, string name, MissingRule rule = MissingRule.Refuse)
    {
        var kept = values.ToArray();
        for (var i = 0; i < kept.Length; i++)
        {
            if (double.IsNaN(kept[i]))
            {
                if (rule == MissingRule.Refuse) throw new ArgumentException($"not a number in {name} at row {i}: {name}[{i}] is NaN. Write the value, or take what is missing as 0 (a unit without orders) by option.", nameof(values));
                kept[i] = 0;
            }
            else if (!double.IsFinite(kept[i]))
            {
                throw new ArgumentException($"not finite in {name} at row {i}: {name}[{i}] is {(kept[i] > 0 ? "+" : "\u2212")}infinity. Correct the value at its source.", nameof(values));
            }
        }

        return kept;
    }
}
