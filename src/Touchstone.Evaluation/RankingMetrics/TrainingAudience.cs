using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>How many units had each product in training: what novelty is measured against.</summary>
/// <param name="Buyers">[product] distinct units.</param>
/// <param name="UnitCount">All units in training.</param>
public sealed record TrainingAudience(int[] Buyers, int UnitCount)
{
    /// <summary>Counts distinct units a product.</summary>
    public static TrainingAudience From(TrainingHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var buyers = new int[histories.Products.Count];
        var lastUnit = new int[buyers.Length];
        Array.Fill(lastUnit, -1);
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            for (var row = histories.Offsets[unit]; row < histories.Offsets[unit + 1]; row++)
            {
                var product = histories.ProductIndexes[row];
                if (lastUnit[product] == unit) continue;
                lastUnit[product] = unit;
                buyers[product]++;
            }
        }

        return new TrainingAudience(buyers, histories.UnitCount);
    }
}
