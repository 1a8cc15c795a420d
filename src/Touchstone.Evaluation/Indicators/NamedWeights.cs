namespace Touchstone.Evaluation.Indicators;

/// <summary>Weights of indicators from comparisons in pairs.</summary>
/// <param name="Weights">Indicator → weight, summing to 1.</param>
/// <param name="Outcome">The weights in ordinal order of the names, and how consistent the comparisons are.</param>
public sealed record NamedWeights(IReadOnlyDictionary<string, double> Weights, PairwiseOutcome Outcome)
{
    /// <summary>Weighs by <see cref="PairwiseWeights"/>.</summary>
    /// <param name="comparisons">Each pair once: the first weighs so many times the second.</param>
    /// <exception cref="ArgumentException">A pair is missing, stands twice or is of one indicator, there are more than 15 indicators, or a number is not above 0.</exception>
    public static NamedWeights Of(IReadOnlyList<(string First, string Second, double Times)> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        string[] names = [.. comparisons.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        double[][] matrix = [.. names.Select((_, i) => names.Select((_, j) => i == j ? 1 : double.NaN).ToArray())];
        foreach (var (first, second, times) in comparisons)
        {
            var (i, j) = (Array.IndexOf(names, first), Array.IndexOf(names, second));
            if (i == j || !double.IsNaN(matrix[i][j])) throw new ArgumentException($"{first} and {second} are compared twice, or with themselves; write each pair once.", nameof(comparisons));
            (matrix[i][j], matrix[j][i]) = (times, 1 / times);
        }

        for (var i = 0; i < names.Length; i++)
            for (var j = 0; j < names.Length; j++)
                if (double.IsNaN(matrix[i][j])) throw new ArgumentException($"{names[i]} and {names[j]} are not compared; write each pair once: {names.Length * (names.Length - 1) / 2} comparisons of {names.Length} indicators.", nameof(comparisons));
        var outcome = PairwiseWeights.Of(matrix);
        return new NamedWeights(names.Zip(outcome.Weights).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), outcome);
    }
}
