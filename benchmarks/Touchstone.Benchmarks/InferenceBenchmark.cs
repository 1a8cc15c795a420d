using System.Globalization;
using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning;
using Touchstone.Learning.Networks;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;

namespace Touchstone.Benchmarks;

/// <summary>The same encoder on the same tokens by LibTorch and by ONNX Runtime, in single precision and int8.</summary>
internal static class InferenceBenchmark
{
    private const int Vocabulary = 8000, Length = 24, Calls = 20;

    public static Measured Run(int repeats, int threads, Seed seed)
    {
        LibTorch.Start(threads);
        var (timings, ratios, notes) = (new List<Timing>(), new List<Ratio>(), new List<string>());
        foreach (var (layers, hidden, heads) in new[] { (2, 128, 2), (6, 384, 12) })
        {
            var folder = Directory.CreateTempSubdirectory("touchstone-inference-").FullName;
            try
            {
                Measure(folder, layers, hidden, heads, repeats, threads, seed, timings, ratios, notes);
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        return new Measured(
            "inference",
            string.Create(CultureInfo.InvariantCulture, $"text encoders with random weights, {Length} tokens a text, {threads} threads; a repeat is {Calls} calls of each, in turn"),
            [.. timings], [.. ratios], [.. notes]);
    }

    private static void Measure(
        string folder, int layers, int hidden, int heads, int repeats, int threads, Seed seed, List<Timing> timings, List<Ratio> ratios, List<string> notes)
    {
        var configuration = new BertConfiguration { VocabularySize = Vocabulary, LayerCount = layers, HiddenSize = hidden, HeadCount = heads, IntermediateSize = 4 * hidden };
        var vocabulary = WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, .. Enumerable.Range(0, Vocabulary - 5).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i}"))], TextNormalisation.Shop);
        using var weights = new ParameterSet();
        BertEncoder.AddWeights(weights, configuration, "", seed);
        NetworkFolder.Write(folder, weights, configuration, vocabulary, new TransformerTask { Kind = TransformerKind.TextEncoder, MaximumTokens = Length });
        var single = Path.Combine(folder, "model.onnx");
        BertGraph.WriteEncoder(configuration, Safetensors.Read(Path.Combine(folder, BertWeights.FileName)), single);
        GraphQuantiser.Quantise(single, Path.Combine(folder, "model.int8.onnx"));
        using var full = TextEncoder.Load(folder, ModelPrecision.Single, threads);
        using var small = TextEncoder.Load(folder, ModelPrecision.Int8, threads);
        var network = new BertEncoder(configuration, weights, "");
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{layers} × {hidden}: graph {new FileInfo(single).Length:#,##0} bytes, int8 {new FileInfo(Path.Combine(folder, "model.int8.onnx")).Length:#,##0}"));
        foreach (var batch in (int[])[1, 32])
        {
            var random = seed.NewRandom();
            TokenSequence[] sequences = [.. Enumerable.Range(0, batch).Select(_ => new TokenSequence([.. Enumerable.Range(0, Length).Select(_ => 5 + random.NextInt(Vocabulary - 5))], Length))];
            var (torchSeconds, fullSeconds, smallSeconds) = (new double[repeats], new double[repeats], new double[repeats]);
            for (var repeat = -1; repeat < repeats; repeat++)
            {
                var times = (Timing.SecondsOf(() => Torch(network, sequences)), Timing.SecondsOf(() => Onnx(full, sequences)), Timing.SecondsOf(() => Onnx(small, sequences)));
                if (repeat >= 0) (torchSeconds[repeat], fullSeconds[repeat], smallSeconds[repeat]) = times;
            }

            var label = string.Create(CultureInfo.InvariantCulture, $"{layers} × {hidden}, batch {batch}");
            timings.AddRange([new Timing($"{label}: LibTorch", torchSeconds), new Timing($"{label}: ONNX Runtime", fullSeconds), new Timing($"{label}: ONNX Runtime int8", smallSeconds)]);
            ratios.Add(new Ratio($"{label}: ONNX Runtime / LibTorch", [.. fullSeconds.Zip(torchSeconds, (own, other) => own / other)], double.NaN));
            ratios.Add(new Ratio($"{label}: int8 / single", [.. smallSeconds.Zip(fullSeconds, (own, other) => own / other)], double.NaN));
        }
    }

    private static void Torch(BertEncoder network, TokenSequence[] sequences)
    {
        using var none = torch.no_grad();
        for (var call = 0; call < Calls; call++)
        {
            using var scope = torch.NewDisposeScope();
            var tokens = TokenTensors.Of(TokenBatch.Of(sequences, 0));
            _ = Heads.Embed(network.Forward(tokens, DropoutMasks.None), tokens.AttentionMask).data<float>().ToArray();
        }
    }

    private static void Onnx(TextEncoder encoder, TokenSequence[] sequences)
    {
        for (var call = 0; call < Calls; call++) _ = encoder.Encode(sequences);
    }
}
