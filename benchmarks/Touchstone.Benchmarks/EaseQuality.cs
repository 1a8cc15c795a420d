using System.Globalization;
using Touchstone.Learning;
using Touchstone.Learning.Autoencoders;

namespace Touchstone.Benchmarks;

/// <summary>NDCG@10 of EASE on a sequence file, leave-one-out, full ranking, history removed, ties by id: chosen on validation, told on test.</summary>
internal static class EaseQuality
{
    public static void Run(string file, int threads, TextWriter output)
    {
        var sequences = SequenceFile.Read(file);
        output.WriteLine("lambda neighbours power | train: validation | train: test | train + validation: test");
        foreach (var lambda in new double[] { 50, 100, 250, 500, 1000 })
        {
            foreach (var neighbours in lambda == 250 ? new[] { 50, 200, 1000, 0 } : [200])
            {
                var options = new EaseOptions { Lambda = lambda, Neighbours = neighbours };
                LibTorch.Start(threads);
                var train = EaseTrainer.Fit(sequences.WithoutLast(2), options, threads, CancellationToken.None);
                var both = EaseTrainer.Fit(sequences.WithoutLast(1), options, threads, CancellationToken.None);
                foreach (var power in new[] { 0, 0.25, 0.5, 1 })
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{lambda,6} {neighbours,10} {power,5} | {Ndcg(sequences, train, power, 2):F4} | {Ndcg(sequences, train, power, 1):F4} | {Ndcg(sequences, both, power, 1):F4}"));
                    output.Flush();
                }
            }
        }
    }

    // The target is the product `last` places from the end; what stands before it is the history.
    private static double Ndcg(SequenceFile sequences, ItemToItemWeights weights, double power, int last)
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
