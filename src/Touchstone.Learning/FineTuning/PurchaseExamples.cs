using Touchstone.Domain;
using Touchstone.Models.Features;
using Touchstone.Models.Tokens;
using Touchstone.Numerics;

namespace Touchstone.Learning.FineTuning;

/// <summary>
/// Purchases with the history before them, and for each a product that the shopper did not have, drawn from all purchases: negatives are as popular
/// as positives, so that popularity tells nothing apart.
/// </summary>
internal sealed class PurchaseExamples
{
    private readonly TrainingHistories _histories;
    private readonly PurchasePairs _pairs;
    private readonly Seed _seed;
    private readonly List<(int Unit, int Row)> _learned = [], _heldOut = [];

    public PurchaseExamples(TrainingHistories histories, PurchasePairs pairs, IReadOnlyList<string> texts, double heldOutRate, Seed seed)
    {
        (_histories, _pairs, _seed) = (histories, pairs, seed);
        var salt = seed.For("held-out shoppers").Value;
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            var isHeldOut = (StableHash.Mix(salt + (ulong)unit) >> 11) * (1.0 / (1UL << 53)) < heldOutRate;
            for (var row = histories.Offsets[unit] + 1; row < histories.Offsets[unit + 1]; row++)
            {
                if (texts[histories.ProductIndexes[row]].Length == 0) continue;
                (isHeldOut ? _heldOut : _learned).Add((unit, row));
            }
        }
    }

    /// <summary>Purchases to learn from.</summary>
    public int Count => _learned.Count;

    /// <summary>Held-out purchases and their negatives.</summary>
    public (TokenSequence[] Sequences, bool[] Labels) HeldOut() => Rows(_heldOut, _seed.For("held-out negatives"));

    /// <summary>All of an epoch: purchases and negatives drawn anew.</summary>
    public (TokenSequence[] Sequences, bool[] Labels) Epoch(long epoch) => Rows(_learned, _seed.For("negatives", epoch));

    private (TokenSequence[] Sequences, bool[] Labels) Rows(List<(int Unit, int Row)> purchases, Seed seed)
    {
        var random = seed.NewRandom();
        var sequences = new TokenSequence[purchases.Count * 2];
        var labels = new bool[sequences.Length];
        for (var i = 0; i < purchases.Count; i++)
        {
            var (unit, row) = purchases[i];
            var history = _histories.ProductIndexes.AsSpan(_histories.Offsets[unit]..row);
            sequences[2 * i] = _pairs.Of(history, _histories.ProductIndexes[row]);
            labels[2 * i] = true;
            sequences[(2 * i) + 1] = _pairs.Of(history, Negative(unit, random));
        }

        return (sequences, labels);
    }

    private int Negative(int unit, SeededRandom random)
    {
        var had = _histories.ProductIndexes.AsSpan(_histories.Offsets[unit].._histories.Offsets[unit + 1]);
        var drawn = 0;
        // A shopper who had everything leaves no negative: then a product of theirs stands for one.
        for (var i = 0; i < 100; i++)
        {
            drawn = _histories.ProductIndexes[random.NextInt(_histories.ProductIndexes.Length)];
            if (!had.Contains(drawn)) return drawn;
        }

        return drawn;
    }
}
