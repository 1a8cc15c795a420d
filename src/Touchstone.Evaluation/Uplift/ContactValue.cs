namespace Touchstone.Evaluation.Uplift;

/// <summary>What contacting some of the units is worth, from a randomised test.</summary>
public static class ContactValue
{
    /// <summary>
    /// Money a unit of the whole more than contacting nobody: share contacted × (margin × (mean treated − mean untreated among them) − cost). Unbiased
    /// for a rule that did not learn from these units, since arms were drawn at random.
    /// </summary>
    /// <param name="isContacted">[unit] whom the rule contacts.</param>
    /// <param name="isTreated">[unit] who was treated in the test.</param>
    /// <param name="outcomes">[unit] outcome.</param>
    /// <param name="margin">Money an outcome's unit.</param>
    /// <param name="cost">Cost of a contact.</param>
    /// <param name="counts">[unit] how often it counts; empty: once.</param>
    /// <returns>0 where nobody is contacted; NaN where those contacted have no treated or no untreated.</returns>
    public static double Of(
        ReadOnlySpan<bool> isContacted, ReadOnlySpan<bool> isTreated, ReadOnlySpan<double> outcomes, double margin, double cost, ReadOnlySpan<int> counts)
    {
        var (all, treated, untreated, sumTreated, sumUntreated) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var unit = 0; unit < outcomes.Length; unit++)
        {
            var count = counts.IsEmpty ? 1 : counts[unit];
            all += count;
            if (!isContacted[unit]) continue;
            if (isTreated[unit])
            {
                treated += count;
                sumTreated += count * outcomes[unit];
            }
            else
            {
                untreated += count;
                sumUntreated += count * outcomes[unit];
            }
        }

        if (treated + untreated == 0) return 0;
        return (treated + untreated) / all * ((margin * ((sumTreated / treated) - (sumUntreated / untreated))) - cost);
    }
}
