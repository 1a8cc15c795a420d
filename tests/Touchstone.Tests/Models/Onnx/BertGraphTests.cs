using CsCheck;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;
using Touchstone.Numerics;

namespace Touchstone.Tests.Models.Onnx;

public sealed class BertGraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_encoders_graph_agrees_with_loops_in_double_precision()
    {
        var weights = SmallBert.Weights(BertArchitecture.Encoder);
        BertGraph.WriteEncoder(SmallBert.Configuration, weights, _folder.In("model.onnx"));
        var oracle = new BertOracle(BertWeights.From(weights, SmallBert.Configuration, BertArchitecture.Encoder));
        using var session = OnnxGraphSession.Load(_folder.In("model.onnx"), BertGraph.Embedding, threads: 1);
        var random = new SeededRandom(2);
        TokenSequence[] sequences = [.. Enumerable.Range(1, 40).Select(length => SmallBert.Sequence(random, length))];
        var rows = session.Run(TokenBatch.Of(sequences, paddingId: 0));
        for (var i = 0; i < sequences.Length; i++)
        {
            var expected = oracle.Embed(sequences[i]);
            for (var j = 0; j < expected.Length; j++) Assert.Equal(expected[j], rows[(i * expected.Length) + j], 1e-5);
        }
    }

    [Fact]
    public void The_classifiers_graph_agrees_with_loops_in_double_precision()
    {
        var weights = SmallBert.Weights(BertArchitecture.PairClassifier, "bert.");
        BertGraph.WriteClassifier(SmallBert.Configuration, weights, _folder.In("model.onnx"));
        var oracle = new BertOracle(BertWeights.From(weights, SmallBert.Configuration, BertArchitecture.PairClassifier));
        using var session = OnnxGraphSession.Load(_folder.In("model.onnx"), BertGraph.Probability, threads: 1);
        var random = new SeededRandom(3);
        TokenSequence[] sequences = [.. Enumerable.Range(1, 40).Select(length => SmallBert.Sequence(random, length))];
        var probabilities = session.Run(TokenBatch.Of(sequences, paddingId: 0));
        for (var i = 0; i < sequences.Length; i++) Assert.Equal(oracle.Classify(sequences[i]), probabilities[i], 1e-5);
    }

    [Fact]
    public void The_prefix_of_the_names_does_not_change_the_graph()
    {
        BertGraph.WriteEncoder(SmallBert.Configuration, SmallBert.Weights(BertArchitecture.Encoder), _folder.In("bare.onnx"));
        BertGraph.WriteEncoder(SmallBert.Configuration, SmallBert.Weights(BertArchitecture.Encoder, "bert."), _folder.In("prefixed.onnx"));
        Assert.Equal(File.ReadAllBytes(_folder.In("bare.onnx")), File.ReadAllBytes(_folder.In("prefixed.onnx")));
    }

    [Theory]
    [InlineData(BertArchitecture.Encoder, false)]
    [InlineData(BertArchitecture.Encoder, true)]
    [InlineData(BertArchitecture.PairClassifier, false)]
    [InlineData(BertArchitecture.PairClassifier, true)]
    public void Neither_padding_nor_neighbours_change_an_answer(BertArchitecture architecture, bool isInt8)
    {
        var kind = architecture == BertArchitecture.Encoder ? TransformerKind.TextEncoder : TransformerKind.PairClassifier;
        var output = architecture == BertArchitecture.Encoder ? BertGraph.Embedding : BertGraph.Probability;
        var width = architecture == BertArchitecture.Encoder ? SmallBert.Configuration.HiddenSize : 1;
        SmallBert.WriteFolder(_folder.In("model"), architecture, kind);
        using var session = OnnxGraphSession.Load(_folder.In("model", isInt8 ? "model.int8.onnx" : "model.onnx"), output, threads: 2);
        Gen.Select(Gen.ULong, Gen.Int[1, 30], Gen.Int[1, 34], Gen.Int[30, 40]).Sample(
            (seed, length, neighbours, padded) =>
            {
                var random = new SeededRandom(seed);
                var one = SmallBert.Sequence(random, length);
                TokenSequence[] all = [.. Enumerable.Range(0, neighbours).Select(_ => SmallBert.Sequence(random, 1 + random.NextInt(30))), one];
                var alone = session.Run(TokenBatch.Of([one], paddingId: 0));
                var among = session.Run(TokenBatch.Of(all, paddingId: 7, padded)).AsSpan(neighbours * width);
                for (var i = 0; i < width; i++) Assert.Equal(alone[i], among[i], 1e-5);
            },
            iter: 60,
            threads: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Integers_keep_the_direction_of_an_embedding(ulong seed)
    {
        SmallBert.WriteFolder(_folder.In("model"), BertArchitecture.Encoder, TransformerKind.TextEncoder);
        using var single = TextEncoder.Load(_folder.In("model"));
        using var int8 = TextEncoder.Load(_folder.In("model"), ModelPrecision.Int8);
        var random = new SeededRandom(seed);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 50).Select(_ => SmallBert.Sequence(random, 1 + random.NextInt(40)))];
        var (exact, near) = (single.Embed(sequences), int8.Embed(sequences));
        for (var row = 0; row < sequences.Length; row++)
        {
            var cosine = 0.0;
            for (var i = row * single.Dimension; i < (row + 1) * single.Dimension; i++) cosine += (double)exact[i] * near[i];
            Assert.InRange(cosine, 0.995, 1.00001);
        }
    }

    [Fact]
    public void Products_and_the_word_table_are_stored_as_integers()
    {
        var configuration = SmallBert.Configuration with { HiddenSize = 64, IntermediateSize = 256 };
        BertGraph.WriteEncoder(configuration, SmallBert.Weights(BertArchitecture.Encoder, configuration: configuration), _folder.In("model.onnx"));
        GraphQuantiser.Quantise(_folder.In("model.onnx"), _folder.In("model.int8.onnx"));
        var nodes = OnnxModelFile.Read(_folder.In("model.int8.onnx")).Graph.Node;
        Assert.Equal(12, nodes.Count(node => node.OpType == "MatMulInteger"));
        Assert.DoesNotContain(nodes, node => node.OpType == "DynamicQuantizeLinear");
        Assert.InRange(new FileInfo(_folder.In("model.int8.onnx")).Length, 0, 0.35 * new FileInfo(_folder.In("model.onnx")).Length);
    }
}
