using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning;
using Touchstone.Numerics;

namespace Touchstone.Benchmarks;

/// <summary>[22363×64]·[64×12101]: the best 20 of each row, against the bare product, LibTorch beside it.</summary>
internal static class ScoringBenchmark
{
    private const int Queries = 22363, Vectors = 12101, Dimension = 64, K = 20, Block = 1024;

    public static Measured Run(int repeats, int threads, Seed seed)
    {
        LibTorch.Start(threads);
        var queries = Normal(seed.For("queries"), Queries * Dimension);
        var vectors = Normal(seed.For("vectors"), Vectors * Dimension);
        var packed = PackedVectors.From(vectors, Dimension);
        var (best, values) = (new int[Queries * K], new float[Queries * K]);
        var block = new float[Block * Vectors];
        using var scope = torch.NewDisposeScope();
        var left = torch.tensor(queries, Queries, Dimension);
        var right = torch.tensor(vectors, Vectors, Dimension).t();

        void Ours() => DenseScoring.TopK(queries, packed, K, best, values, threads);
        void Product()
        {
            for (var first = 0; first < Queries; first += Block)
            {
                var rows = Math.Min(Block, Queries - first);
                DenseScoring.Multiply(queries.AsMemory(first * Dimension, rows * Dimension), packed, block.AsMemory(0, rows * Vectors), threads);
            }
        }

        void Torch(bool withTopK)
        {
            for (var first = 0; first < Queries; first += Block)
            {
                using var inner = torch.NewDisposeScope();
                var scores = left.narrow(0, first, Math.Min(Block, Queries - first)).mm(right);
                if (withTopK) scores.topk(K, 1);
            }
        }

        Action[] works = [Ours, Product, () => Torch(false), () => Torch(true)];
        foreach (var work in works) work();
        var seconds = works.Select(_ => new double[repeats]).ToArray();
        for (var repeat = 0; repeat < repeats; repeat++)
            for (var work = 0; work < works.Length; work++) seconds[work][repeat] = Timing.SecondsOf(works[work]);
        var operations = 2.0 * Queries * Vectors * Dimension / 1e9;
        Timing Of(int work, string name) => new(name, seconds[work], "GFLOP/s", operations / Timing.MedianOf(seconds[work]));
        return new Measured(
            "scoring",
            $"[{Queries}×{Dimension}]·[{Dimension}×{Vectors}] in singles, {threads} threads; products in blocks of {Block} rows into one buffer",
            [Of(0, "our product with the best 20"), Of(1, "our product alone"), Of(2, "LibTorch matmul"), Of(3, "LibTorch matmul and topk")],
            [
                new Ratio("our product with the best 20 / our product alone", [.. seconds[0].Zip(seconds[1], (with, alone) => with / alone)], 2),
                new Ratio("our product with the best 20 / LibTorch matmul and topk", [.. seconds[0].Zip(seconds[3], (with, torch) => with / torch)], double.NaN),
            ],
            []);
    }

    private static float[] Normal(Seed seed, int length)
    {
        var random = seed.NewRandom();
        var values = new float[length];
        for (var i = 0; i < length; i++) values[i] = (float)random.NextNormal();
        return values;
    }
}
