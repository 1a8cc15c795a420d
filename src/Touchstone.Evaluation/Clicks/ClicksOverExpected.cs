using Touchstone.Domain;

namespace Touchstone.Evaluation.Clicks;

/// <summary>
/// COEC: clicks over what the ranks alone would have brought (Zhang and Jones 2007). 1 is as clicked as the average product at the same ranks. The
/// rate of a rank is taken over all products there, so where better products stand higher the ranks' own effect is overrated: a click model
/// (<see cref="PositionBasedModel"/>) tells the two apart.
/// </summary>
/// <param name="Values">[pair] clicks / expected clicks; NaN where none were expected.</param>
/// <param name="RankRates">[rank − 1] clicks / impressions; NaN for a rank never shown.</param>
public sealed record ClicksOverExpected(double[] Values, double[] RankRates)
{
    /// <summary>Computes.</summary>
    /// <param name="columns">Impressions and clicks.</param>
    public static ClicksOverExpected Of(ClickColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        columns.Check();
        var (clicked, shown) = (new double[columns.Ranks.DefaultIfEmpty(0).Max()], new double[columns.Ranks.DefaultIfEmpty(0).Max()]);
        for (var row = 0; row < columns.Ranks.Length; row++)
        {
            clicked[columns.Ranks[row] - 1] += columns.Clicks[row];
            shown[columns.Ranks[row] - 1] += columns.Impressions[row];
        }

        double[] rates = [.. clicked.Zip(shown, (click, show) => show == 0 ? double.NaN : click / show)];
        var (own, expected) = (new double[columns.Queries.Count], new double[columns.Queries.Count]);
        for (var row = 0; row < columns.Ranks.Length; row++)
        {
            if (columns.Impressions[row] == 0) continue;
            own[columns.Pairs[row]] += columns.Clicks[row];
            expected[columns.Pairs[row]] += columns.Impressions[row] * rates[columns.Ranks[row] - 1];
        }

        return new ClicksOverExpected([.. own.Zip(expected, (click, expect) => expect == 0 ? double.NaN : click / expect)], rates);
    }
}
