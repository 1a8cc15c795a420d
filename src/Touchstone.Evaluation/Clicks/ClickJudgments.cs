using Touchstone.Domain;

namespace Touchstone.Evaluation.Clicks;

/// <summary>What clicks say of a product for a query.</summary>
/// <param name="Query">Query.</param>
/// <param name="Product">Product.</param>
/// <param name="Grade">0 to 4.</param>
/// <param name="Value">COEC, or the attraction of the click model.</param>
/// <param name="Relative">The value over its mean, impressions as weights: 1 is as attractive as the average.</param>
/// <param name="Impressions">Times shown.</param>
/// <param name="Clicks">Times clicked.</param>
public sealed record ClickJudgment(string Query, string Product, int Grade, double Value, double Relative, double Impressions, double Clicks);

/// <summary>Grades from click values, so that they can serve as judgments.</summary>
public static class ClickJudgments
{
    /// <summary>From this share of the mean on a product has grade 1, 2, 3, 4.</summary>
    public static IReadOnlyList<double> Bands { get; } = [0.5, 1, 1.5, 2];

    /// <summary>Grades every pair that was shown often enough and has a value.</summary>
    /// <param name="columns">Impressions and clicks.</param>
    /// <param name="values">[pair] values, comparable over queries; NaN for none.</param>
    /// <param name="leastImpressions">Impressions that a pair needs.</param>
    /// <param name="leftOut">Pairs without a grade.</param>
    public static IReadOnlyList<ClickJudgment> Of(ClickColumns columns, double[] values, double leastImpressions, out int leftOut)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        var (shown, clicked, sum, weight) = (new double[values.Length], new double[values.Length], 0.0, 0.0);
        for (var row = 0; row < columns.Pairs.Length; row++)
        {
            shown[columns.Pairs[row]] += columns.Impressions[row];
            clicked[columns.Pairs[row]] += columns.Clicks[row];
        }

        for (var pair = 0; pair < values.Length; pair++)
        {
            if (double.IsNaN(values[pair])) continue;
            sum += shown[pair] * values[pair];
            weight += shown[pair];
        }

        List<ClickJudgment> judgments = [];
        var mean = sum / weight;
        for (var pair = 0; pair < values.Length; pair++)
        {
            if (!(shown[pair] >= leastImpressions) || double.IsNaN(values[pair]) || !(mean > 0)) continue;
            var relative = values[pair] / mean;
            judgments.Add(new ClickJudgment(columns.Queries[pair], columns.Products[pair], Bands.Count(band => relative >= band), values[pair], relative, shown[pair], clicked[pair]));
        }

        leftOut = values.Length - judgments.Count;
        return judgments;
    }
}
