using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;
using Touchstone.Numerics;

namespace Touchstone.Tests.Models.Onnx;

/// <summary>A BERT of drawn weights, small enough for loops, and sequences for it.</summary>
internal static class SmallBert
{
    internal static BertConfiguration Configuration { get; } = new()
    {
        VocabularySize = 1100,
        HiddenSize = 16,
        LayerCount = 2,
        HeadCount = 4,
        IntermediateSize = 24,
        MaximumPositions = 40,
    };

    internal static Checkpoint Weights(BertArchitecture architecture, string prefix = "", ulong seed = 1, BertConfiguration? configuration = null)
    {
        var random = new SeededRandom(seed);
        return new Checkpoint { Source = "drawn", Tensors = [.. BertParameter.Of(configuration ?? Configuration, architecture).Select(Draw)] };

        NamedTensor Draw(BertParameter parameter)
        {
            var isNorm = parameter.Name.EndsWith("LayerNorm.weight", StringComparison.Ordinal);
            var values = new float[parameter.Shape.Aggregate(1L, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++) values[i] = (float)((isNorm ? 1 : 0) + ((random.NextDouble() - 0.5) * 0.8));
            var isHead = parameter.Name.StartsWith("classifier.", StringComparison.Ordinal);
            return NamedTensor.Of(isHead ? parameter.Name : prefix + parameter.Name, values, [.. parameter.Shape]);
        }
    }

    /// <summary>Encodes until the test is cancelled.</summary>
    internal static float[] Embed(this TextEncoder encoder, IReadOnlyList<string> texts) => encoder.Encode(texts, null, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="Embed(TextEncoder, IReadOnlyList{string})"/>
    internal static float[] Embed(this TextEncoder encoder, IReadOnlyList<TokenSequence> sequences) => encoder.Encode(sequences, null, TestContext.Current.CancellationToken);

    internal static TokenSequence Sequence(SeededRandom random, int length)
    {
        var ids = new int[length];
        for (var i = 0; i < length; i++) ids[i] = random.NextInt(Configuration.VocabularySize);
        return new TokenSequence(ids, 1 + random.NextInt(length));
    }

    /// <summary>A folder that the runners load: both precisions, a vocabulary of words w5, w6, ….</summary>
    internal static void WriteFolder(string folder, BertArchitecture architecture, TransformerKind kind, int tokens = 1100)
    {
        Directory.CreateDirectory(folder);
        Configuration.Write(folder, architecture == BertArchitecture.Encoder ? "BertModel" : "BertForSequenceClassification");
        new TransformerTask { Kind = kind, MaximumTokens = 32 }.Write(folder);
        WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, .. Enumerable.Range(5, tokens - 5).Select(id => $"w{id}")], TextNormalisation.Shop).Write(folder);
        var weights = Weights(architecture, architecture == BertArchitecture.Encoder ? "" : "bert.");
        Safetensors.Write(Path.Combine(folder, "model.safetensors"), weights.Tensors);
        var single = Path.Combine(folder, "model.onnx");
        if (architecture == BertArchitecture.Encoder) BertGraph.WriteEncoder(Configuration, weights, single);
        else BertGraph.WriteClassifier(Configuration, weights, single);
        GraphQuantiser.Quantise(single, Path.Combine(folder, "model.int8.onnx"));
    }
}
