using System.Globalization;
using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Optimisation;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Benchmarks;

/// <summary>A masked-language training step against the matrix products that it cannot do without, on the same shapes and by the same LibTorch.</summary>
internal static class TrainingBenchmark
{
    private const int Vocabulary = 8000;

    public static Measured Run(int repeats, int threads, Seed seed)
    {
        LibTorch.Start(threads);
        var shapes = new (int Hidden, int Layers, int Batch, int Length)[] { (128, 2, 64, 32), (128, 2, 32, 64), (256, 4, 64, 32) };
        var (timings, ratios, notes) = (new List<Timing>(), new List<Ratio>(), new List<string>());
        foreach (var shape in shapes) Add(shape.Hidden, shape.Layers, shape.Batch, shape.Length, repeats, seed, timings, ratios, notes);
        return new Measured(
            "training",
            string.Create(CultureInfo.InvariantCulture, $"random tokens of {Vocabulary}, 15 % masked, {threads} threads, singles, dropout 0.1; a repeat is 10 steps"),
            [.. timings], [.. ratios], [.. notes]);
    }

    private static void Add(int hidden, int layers, int count, int length, int repeats, Seed seed, List<Timing> timings, List<Ratio> ratios, List<string> notes)
    {
        var configuration = new BertConfiguration { VocabularySize = Vocabulary, HiddenSize = hidden, LayerCount = layers, HeadCount = hidden / 64, IntermediateSize = hidden * 4 };
        using var weights = new ParameterSet();
        BertEncoder.AddWeights(weights, configuration, "", seed);
        Heads.AddPretraining(weights, configuration, seed);
        var encoder = new BertEncoder(configuration, weights, "");
        var optimiser = new AdamW(weights, 0.01, 1);
        var masks = new DropoutMasks(0.1, seed);
        var random = seed.NewRandom();
        var sequences = new TokenSequence[count];
        for (var i = 0; i < count; i++) sequences[i] = new(Enumerable.Range(0, length).Select(_ => 5 + random.NextInt(Vocabulary - 5)).ToArray(), length);
        var batch = TokenBatch.Of(sequences, 0);
        var chosen = Enumerable.Range(0, count * length).Where(i => i % 7 == 0).Select(i => (long)i).ToArray();
        var labels = chosen.Select(i => batch.InputIds[i]).ToArray();
        var names = new[] { "forward", "loss", "backward", "optimiser" };
        var parts = names.Select(_ => new double[repeats]).ToArray();
        var (step, withoutDropout, products) = (new double[repeats], new double[repeats], new double[repeats]);
        for (var repeat = -1; repeat < repeats; repeat++)
        {
            var spent = new double[names.Length];
            var whole = Timing.SecondsOf(() => Steps(10, masks, spent));
            var plain = Timing.SecondsOf(() => Steps(10, DropoutMasks.None, new double[names.Length]));
            var matrix = Products(configuration, count, length, chosen.Length, 10);
            if (repeat < 0) continue;
            (step[repeat], withoutDropout[repeat], products[repeat]) = (whole, plain, matrix);
            for (var i = 0; i < names.Length; i++) parts[i][repeat] = spent[i];
        }

        var label = string.Create(CultureInfo.InvariantCulture, $"{layers} × {hidden}, {count} × {length}");
        timings.Add(new Timing($"{label}: 10 steps", step));
        for (var i = 0; i < names.Length; i++) timings.Add(new Timing($"{label}: {names[i]}", parts[i]));
        timings.Add(new Timing($"{label}: 10 steps without dropout", withoutDropout));
        timings.Add(new Timing($"{label}: matrix products alone", products));
        ratios.Add(new Ratio($"{label}: matrix products / step", [.. products.Zip(step, (p, s) => p / s)], double.NaN));
        ratios.Add(new Ratio($"{label}: optimiser / step", [.. parts[3].Zip(step, (p, s) => p / s)], double.NaN));
        ratios.Add(new Ratio($"{label}: dropout / step", [.. withoutDropout.Zip(step, (p, s) => 1 - (p / s))], double.NaN));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{label}: {10.0 * count * length / Median(step):#,##0} tokens a second, products at {Flops(configuration, count, length, chosen.Length) * 10 / Median(products) / 1e9:0.0} GFLOP/s"));

        void Steps(int steps, DropoutMasks dropout, double[] spent)
        {
            for (var i = 0; i < steps; i++)
            {
                using var scope = torch.NewDisposeScope();
                dropout.BeginStep(i);
                var (hiddenStates, loss) = ((Tensor?)null, (Tensor?)null);
                spent[0] += Timing.SecondsOf(() => hiddenStates = encoder.Forward(TokenTensors.Of(batch), dropout));
                spent[1] += Timing.SecondsOf(() =>
                {
                    var at = (hiddenStates ?? throw new InvalidOperationException()).view(-1, hidden).index_select(0, torch.tensor(chosen));
                    loss = Losses.CrossEntropy(Heads.PredictTokens(at, encoder, weights), torch.tensor(labels));
                });
                spent[2] += Timing.SecondsOf(() => (loss ?? throw new InvalidOperationException()).backward());
                spent[3] += Timing.SecondsOf(() => optimiser.Step(1e-4));
            }
        }
    }

    // Each product once forward and twice backward, of contiguous matrices.
    private static double Products(BertConfiguration configuration, int count, int length, int masked, int steps)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var (rows, h, inner) = (count * length, configuration.HiddenSize, configuration.IntermediateSize);
        var shapes = new List<(int Rows, int In, int Out, int Times)>
        {
            (rows, h, h, 4 * configuration.LayerCount), (rows, h, inner, configuration.LayerCount), (rows, inner, h, configuration.LayerCount),
            (masked, h, h, 1), (masked, h, configuration.VocabularySize, 1),
        };
        var work = shapes.Select(s => (X: torch.randn(s.Rows, s.In), W: torch.randn(s.Out, s.In), G: torch.randn(s.Rows, s.Out), s.Times)).ToList();
        var heads = configuration.HeadCount * count;
        var (q, s) = (torch.randn(heads, length, h / configuration.HeadCount), torch.randn(heads, length, length));
        return Timing.SecondsOf(() =>
        {
            for (var step = 0; step < steps; step++)
            {
                foreach (var (x, w, g, times) in work)
                {
                    for (var i = 0; i < times; i++)
                    {
                        x.mm(w.t()).Dispose();
                        g.mm(w).Dispose();
                        g.t().mm(x).Dispose();
                    }
                }

                for (var i = 0; i < configuration.LayerCount * 3; i++)
                {
                    q.bmm(q.transpose(1, 2)).Dispose();
                    s.bmm(q).Dispose();
                }
            }
        });
    }

    private static double Flops(BertConfiguration c, int count, int length, int masked)
    {
        double rows = count * length;
        var dense = c.LayerCount * rows * ((4.0 * c.HiddenSize * c.HiddenSize) + (2.0 * c.HiddenSize * c.IntermediateSize));
        var attention = c.LayerCount * 2.0 * rows * length * c.HiddenSize;
        var head = masked * ((double)c.HiddenSize * c.HiddenSize + ((double)c.HiddenSize * c.VocabularySize));
        return 6 * (dense + attention + head);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
