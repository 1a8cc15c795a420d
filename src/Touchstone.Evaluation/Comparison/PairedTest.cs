using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Comparison;

/// <summary>Tests of paired differences against 0.</summary>
public static class PairedTest
{
    /// <summary>Mean difference, its standard error, t statistic, and two-sided p-value and interval of the paired t-test.</summary>
    /// <param name="differences">[unit] differences, from two units on and not all equal; else t, p and interval are NaN.</param>
    /// <param name="level">Confidence in (0, 1).</param>
    public static (Estimate Difference, double T, double P) Student(ReadOnlySpan<double> differences, double level)
    {
        var n = differences.Length;
        var mean = CentredMoments.Mean(differences);
        var error = n < 2 ? double.NaN : Math.Sqrt(CentredMoments.Product(differences, mean, differences, mean) / (n - 1) / n);
        var isDefined = error > Math.Abs(mean) * 1e-14;
        var reach = isDefined ? Distributions.StudentQuantile((1 + level) / 2, n - 1) * error : double.NaN;
        var t = isDefined ? mean / error : double.NaN;
        return (
            new Estimate { Value = mean, Low = mean - reach, High = mean + reach, StandardError = error, Level = level, Count = n, Unit = "share" },
            t,
            isDefined ? Math.Min(1, 2 * Distributions.StudentCdf(-Math.Abs(t), n - 1)) : double.NaN);
    }

    /// <summary>
    /// Two-sided p-value of the randomisation test: how often the mean difference would be as far from 0 if each unit's sign were a coin's (Fisher
    /// 1935). All signs are tried where that takes no more turns than <paramref name="permutations"/>; else (1 + hits) / (1 + permutations).
    /// </summary>
    /// <param name="differences">[unit] differences.</param>
    /// <param name="permutations">Most turns, from 1.</param>
    /// <param name="seed">Seed of the signs; turn r has a seed of its own.</param>
    /// <param name="threads">Most threads; the same answer at any number.</param>
    /// <param name="cancellationToken">Stops between turns.</param>
    /// <returns>The p-value, NaN where there is no unit; and whether all signs were tried.</returns>
    public static (double P, bool IsExact) Randomisation(double[] differences, int permutations, Seed seed, int threads, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(permutations);
        if (differences.Length == 0) return (double.NaN, false);
        // Units without a difference have the same sum under either sign.
        double[] moved = [.. differences.Where(difference => difference != 0)];
        // What rounding of the sums can differ by counts as equal.
        var least = Math.Abs(moved.Sum()) - (1e-12 * moved.Sum(Math.Abs));
        if (moved.Length < 31 && 1 << moved.Length <= permutations)
        {
            var extreme = 0;
            for (var signs = 0; signs < 1 << moved.Length; signs++)
            {
                var sum = 0.0;
                for (var i = 0; i < moved.Length; i++) sum += (signs >> i & 1) == 0 ? moved[i] : -moved[i];
                if (Math.Abs(sum) >= least) extreme++;
            }

            return (extreme / (double)(1 << moved.Length), true);
        }

        var hits = 0;
        Parallel.For(0, permutations, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellationToken }, turn =>
        {
            var (random, signs, sum) = (seed.For("randomisation", turn).NewRandom(), 0UL, 0.0);
            for (var i = 0; i < moved.Length; i++)
            {
                signs = (i & 63) == 0 ? random.NextUInt64() : signs >> 1;
                // Flips the sign bit where the coin says so: no branch to guess.
                sum += BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(moved[i]) ^ (signs << 63));
            }

            if (Math.Abs(sum) >= least) Interlocked.Increment(ref hits);
        });
        return ((1.0 + hits) / (1.0 + permutations), false);
    }

    /// <summary>Two-sided p-value of the bootstrap: how often the studentised mean of shifted resamples is as far from 0 (Sakai 2006).</summary>
    /// <param name="mean">Mean difference.</param>
    /// <param name="standardError">Its standard error.</param>
    /// <param name="centredSums">[replicate] sum of the resampled differences less the mean.</param>
    /// <param name="squareSums">[replicate] sum of their squares.</param>
    /// <param name="count">Units.</param>
    public static double BootstrapP(double mean, double standardError, ReadOnlySpan<double> centredSums, ReadOnlySpan<double> squareSums, int count)
    {
        if (!(standardError > 0)) return double.NaN;
        var (hits, t) = (0, Math.Abs(mean) / standardError);
        for (var r = 0; r < centredSums.Length; r++)
        {
            var variance = (squareSums[r] - (centredSums[r] * centredSums[r] / count)) / (count - 1);
            var shift = Math.Abs(centredSums[r] / count);
            // A resample without variance that is off centre is as far as can be.
            if (variance > 0 ? shift / Math.Sqrt(variance / count) >= t : shift > 0) hits++;
        }

        return (1.0 + hits) / (1.0 + centredSums.Length);
    }
}
