using System.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>The rank of one product among all, without making the list.</summary>
internal static class TargetRank
{
    /// <summary>How many products stand above the target: score descending, equal scores by index ascending.</summary>
    /// <param name="scores">[product] negative infinity is not a candidate.</param>
    /// <param name="target">Index of the target.</param>
    /// <returns>The count, or -1 where the target is not a candidate.</returns>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    public static int Above(ReadOnlySpan<float> scores, int target)
    {
        var score = scores[target];
        var above = CountLess(scores[..target], score, true) + CountLess(scores[(target + 1)..], score, false);
        // Not less than and not greater than: NaN on either side. A whole pass knows of every one.
        if (above < 0 || float.IsNaN(score)) throw new ArgumentException("A score is NaN; a score must be a number.", nameof(scores));
        return float.IsNegativeInfinity(score) ? -1 : above;
    }

    private static int CountLess(ReadOnlySpan<float> scores, float score, bool withEqual)
    {
        var width = Vector<float>.Count;
        var all = new Vector<float>(score);
        var counts = Vector<int>.Zero;
        var numbers = new Vector<int>(-1);
        var i = 0;
        for (; i <= scores.Length - width; i += width)
        {
            var block = new Vector<float>(scores[i..]);
            counts -= withEqual ? Vector.GreaterThanOrEqual(block, all) : Vector.GreaterThan(block, all);
            numbers &= Vector.Equals(block, block);
        }

        var count = Vector.Sum(counts);
        var isNumber = Vector.EqualsAll(numbers, new Vector<int>(-1));
        for (; i < scores.Length; i++)
        {
            if (withEqual ? scores[i] >= score : scores[i] > score) count++;
            isNumber &= !float.IsNaN(scores[i]);
        }

        return isNumber ? count : int.MinValue / 4;
    }
}
