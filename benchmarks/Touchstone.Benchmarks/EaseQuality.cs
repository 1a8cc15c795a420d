using System.Globalization;
using Touchstone.Learning;
using Touchstone.Learning.Autoencoders;

namespace Touchstone.Benchmarks;

/// <summary>NDCG@10 of EASE on a sequence file, leave-one-out, full ranking, history removed, ties by id: chosen on validation, told on test.</summary>
internal static class EaseQuality
{
    public static void Run(string file, int threads, TextWriter output)
    {
        LibTorch.Start(threads);
        var sequences = SequenceFile.Read(file);
        output.WriteLine("lambda neighbours power | validation | test");
        var (bestNdcg, bestOptions) = (0.0, new EaseOptions());
        foreach (var lambda in new double[] { 25, 50, 100, 250, 500 })
        {
            var histories = sequences.WithoutLast(2);
            using var inverse = EaseTrainer.Invert(histories, new EaseOptions { Lambda = lambda }, threads, CancellationToken.None);
            foreach (var neighbours in new[] { 50, 200, 1000 })
            {
                var weights = EaseWeights.Select(inverse, neighbours, 0, threads, CancellationToken.None);
                foreach (var power in new[] { 0, 0.25, 0.5, 1 })
                {
                    var ndcg = Ndcg(sequences, weights, power, 2);
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lambda,6} {neighbours,10} {power,5} | {ndcg:F4} | {Ndcg(sequences, weights, power, 1):F4}"));
                    output.Flush();
                    if (ndcg > bestNdcg) (bestNdcg, bestOptions) = (ndcg, new EaseOptions { Lambda = lambda, Neighbours = neighbours, HistoryPower = power });
                }
            }
        }

        var both = EaseTrainer.Fit(sequences.WithoutLast(1), bestOptions, threads, CancellationToken.None);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"chosen on validation: lambda {bestOptions.Lambda}, neighbours {bestOptions.Neighbours}, power {bestOptions.HistoryPower}; trained with validation rows too, test: {Ndcg(sequences, (both.RowStarts, both.Columns, both.Values), bestOptions.HistoryPower, 1):F4}"));
    }

    // The target is the product `last` places from the end; what stands before it is the history.
    private static double Ndcg(SequenceFile sequences, (long[] RowStarts, int[] Columns, float[] Values) weights, double power, int last)
    {
        var gains = new double[sequences.Histories.Length];
        Parallel.For(0, gains.Length, () => new float[sequences.Products.Count], (unit, _, scores) =>
        {
            var history = sequences.Histories[unit][..^last];
            var target = sequences.Histories[unit][^last];
            Array.Clear(scores);
            for (var step = 0; step < history.Length; step++)
            {
                var weight = (float)Math.Pow(history.Length - step, -power);
                for (var entry = weights.RowStarts[history[step]]; entry < weights.RowStarts[history[step] + 1]; entry++)
                    scores[weights.Columns[entry]] += weight * weights.Values[entry];
            }

            foreach (var product in history) scores[product] = float.NegativeInfinity;
            var rank = 1;
            for (var product = 0; product < scores.Length; product++)
                if (scores[product] > scores[target] || (scores[product] == scores[target] && product < target)) rank++;
            gains[unit] = rank <= 10 && scores[target] > float.NegativeInfinity ? 1 / Math.Log2(rank + 1) : 0;
            return scores;
        }, _ => { });
        return gains.Average();
    }
}
