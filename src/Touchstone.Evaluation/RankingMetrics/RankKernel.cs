using System.Numerics;
using System.Runtime.InteropServices;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>Exact ranks without sorting.</summary>
internal static class RankKernel
{
    /// <summary>Index of the first NaN, or −1.</summary>
    internal static int IndexOfNaN(ReadOnlySpan<float> scores)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var done = 0;
        for (var i = 0; i < vectors.Length; i++)
        {
            if (!Vector.EqualsAll(vectors[i], vectors[i])) break;
            done += Vector<float>.Count;
        }

        for (var i = done; i < scores.Length; i++)
            if (float.IsNaN(scores[i])) return i;
        return -1;
    }

    /// <summary>Rank from 1 of one product: 1 + the greater + the equal with a lower index; 0 where its score is −∞.</summary>
    /// <param name="scores">[product] −∞ for what is no candidate; no NaN.</param>
    /// <param name="target">Index of the product.</param>
    /// <param name="isTied">Whether another candidate has the same score.</param>
    internal static int Rank(ReadOnlySpan<float> scores, int target, out bool isTied)
    {
        var score = scores[target];
        isTied = false;
        if (float.IsNegativeInfinity(score)) return 0;
        var (greaterBefore, equalBefore) = Count(scores[..target], score);
        var (greaterAfter, equalAfter) = Count(scores[(target + 1)..], score);
        isTied = equalBefore + equalAfter > 0;
        return 1 + greaterBefore + greaterAfter + equalBefore;
    }

    private static (int Greater, int Equal) Count(ReadOnlySpan<float> scores, float than)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var limit = new Vector<float>(than);
        var (greaters, equals) = (Vector<int>.Zero, Vector<int>.Zero);
        foreach (var vector in vectors)
        {
            // A true lane is −1.
            greaters -= Vector.GreaterThan(vector, limit);
            equals -= Vector.Equals(vector, limit);
        }

        var (greater, equal) = (Vector.Sum(greaters), Vector.Sum(equals));
        for (var i = vectors.Length * Vector<float>.Count; i < scores.Length; i++)
        {
            if (scores[i] > than) greater++;
            else if (scores[i] == than) equal++;
        }

        return (greater, equal);
    }
}
