using Touchstone.Domain;

namespace Touchstone.Cli.Stages;

/// <summary>
/// What a purchase classifier is asked of judged shoppers: did they take the product, and one as popular that they did not have. The other product is
/// drawn among the hundred whose count of training purchases lies nearest, so that popularity alone tells nothing.
/// </summary>
internal sealed record PurchaseQuestions
{
    private const int Window = 50;

    /// <summary>[row] case.</summary>
    public required int[] Cases { get; init; }

    /// <summary>[row] product asked about.</summary>
    public required int[] Products { get; init; }

    /// <summary>[row] whether it was taken.</summary>
    public required bool[] Labels { get; init; }

    /// <summary>[product] purchases in the training rows.</summary>
    public required int[] Popularity { get; init; }

    /// <summary>Two rows a case, for all cases whose product has a text, or a number of them drawn by seed.</summary>
    /// <param name="cases">Judged cases.</param>
    /// <param name="histories">Training rows: they count popularity.</param>
    /// <param name="texts">[product] texts.</param>
    /// <param name="seed">Draws.</param>
    /// <param name="most">Most cases.</param>
    public static PurchaseQuestions Of(JudgedCases cases, TrainingHistories histories, IReadOnlyList<string> texts, Seed seed, int most = int.MaxValue)
    {
        var popularity = new int[histories.Products.Count];
        foreach (var product in histories.ProductIndexes) popularity[product]++;
        var byCount = Enumerable.Range(0, popularity.Length).Where(i => texts[i].Length > 0).OrderBy(i => popularity[i]).ThenBy(i => i).ToArray();
        var placeOf = new int[popularity.Length];
        for (var i = 0; i < byCount.Length; i++) placeOf[byCount[i]] = i;
        var chosen = Enumerable.Range(0, cases.Count).Where(i => cases.TargetOffsets[i + 1] > cases.TargetOffsets[i] && texts[cases.TargetProducts[cases.TargetOffsets[i]]].Length > 0).ToArray();
        var random = seed.For("purchase questions").NewRandom();
        random.Shuffle<int>(chosen);
        List<int> rows = [], products = [];
        List<bool> labels = [];
        foreach (var at in chosen.Take(most).Order())
        {
            var had = cases.HistoryProducts.AsSpan(cases.HistoryOffsets[at]..cases.HistoryOffsets[at + 1]);
            var targets = cases.TargetProducts.AsSpan(cases.TargetOffsets[at]..cases.TargetOffsets[at + 1]);
            var other = -1;
            for (var attempt = 0; attempt < 200 && other < 0; attempt++)
            {
                var low = Math.Clamp(placeOf[targets[0]] - Window, 0, Math.Max(0, byCount.Length - (2 * Window) - 1));
                var drawn = byCount[low + random.NextInt(Math.Min((2 * Window) + 1, byCount.Length))];
                if (!had.Contains(drawn) && !targets.Contains(drawn)) other = drawn;
            }

            if (other < 0) continue; // a shopper who has all that is as popular
            rows.AddRange([at, at]);
            products.AddRange([targets[0], other]);
            labels.AddRange([true, false]);
        }

        return new PurchaseQuestions { Cases = [.. rows], Products = [.. products], Labels = [.. labels], Popularity = popularity };
    }
}
