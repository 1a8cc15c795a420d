using TorchSharp;
using Touchstone.Learning;
using Touchstone.Learning.Autoencoders;

namespace Touchstone.Benchmarks;

/// <summary>EASE on Beauty, all of it, against a general inverse of the same matrix by LibTorch.</summary>
internal static class EaseBenchmark
{
    public static Measured Run(string shared, int repeats, int threads)
    {
        LibTorch.Start(threads);
        var histories = SequenceFile.Read(Path.Combine(shared, "data", "amazon-seq", "Beauty.txt")).WithoutLast(2);
        var options = new EaseOptions();
        var (ease, inverse) = (new double[repeats], new double[repeats]);
        // Once on a small matrix, so that neither pays for loading.
        using (var small = torch.eye(256)) torch.linalg.inv(small).Dispose();
        long kept = 0;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            ease[repeat] = Timing.SecondsOf(() => kept = EaseTrainer.Fit(histories, options, threads, CancellationToken.None).Values.Length);
            using var gram = EaseGram.Build(histories, options, threads, CancellationToken.None);
            inverse[repeat] = Timing.SecondsOf(() => torch.linalg.inv(gram).Dispose());
        }

        var count = histories.Products.Count;
        return new Measured(
            "ease",
            $"Beauty's training rows: {histories.ProductIndexes.Length} of {histories.UnitCount} shoppers, {count} products, singles, {threads} threads, lambda {options.Lambda}",
            [new Timing("EASE: Gram matrix, inverse, weights", ease), new Timing("torch.linalg.inv of the same matrix alone", inverse)],
            [new Ratio("EASE / torch.linalg.inv", [.. ease.Zip(inverse, (ours, theirs) => ours / theirs)], 1.5)],
            [$"{kept} weights kept, {options.Neighbours} a product at most"]);
    }
}
