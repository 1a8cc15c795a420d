namespace Touchstone.Numerics;

/// <summary>The k best of many scores: score descending, equal scores by index ascending.</summary>
public static class TopK
{
    /// <summary>Writes the indexes of the best scores, best first.</summary>
    /// <param name="scores">[candidate] higher is better; negative infinity is never chosen.</param>
    /// <param name="best">[k] indexes, overwritten.</param>
    /// <returns>How many were written: fewer than k where fewer candidates are above negative infinity.</returns>
    /// <exception cref="ArgumentException">A score is NaN (names the index).</exception>
    public static int Select(ReadOnlySpan<float> scores, Span<int> best)
    {
        var count = 0;
        if (best.Length == 0) return 0;
        var worst = float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
        {
            var score = scores[i];
            // Written so that NaN falls through to the check: a NaN never compares as not greater.
            if (score <= worst) continue;
            if (float.IsNaN(score)) throw new ArgumentException($"scores[{i}] is NaN; a score must be a number.", nameof(scores));
            if (float.IsNegativeInfinity(score)) continue;
            var at = count < best.Length ? count++ : count - 1;
            while (at > 0 && scores[best[at - 1]] < score)
            {
                best[at] = best[at - 1];
                at--;
            }

            best[at] = i;
            if (count == best.Length) worst = scores[best[^1]];
        }

        return count;
    }
}
