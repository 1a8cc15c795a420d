using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Onnx;

public sealed class TextEncoderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;

    public TextEncoderTests()
    {
        _folder = _temporary.In("encoder");
        SmallBert.WriteFolder(_folder, BertArchitecture.Encoder, TransformerKind.TextEncoder);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Rows_stand_in_the_order_of_the_texts()
    {
        using var encoder = TextEncoder.Load(_folder);
        string[] texts = [.. Enumerable.Range(0, 70).Select(i => string.Join(' ', Enumerable.Range(0, 1 + (i * 7 % 20)).Select(j => $"w{5 + i + j}")))];
        var progress = new Shares();
        var rows = encoder.Encode(texts, progress, TestContext.Current.CancellationToken);
        Assert.Equal(70 * encoder.Dimension, rows.Length);
        Assert.Equal([32 / 70.0, 64 / 70.0, 1], progress.Reported);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = encoder.Embed([texts[i]]);
            for (var j = 0; j < alone.Length; j++) Assert.Equal(alone[j], rows[(i * alone.Length) + j], 1e-5);
        }
    }

    [Fact]
    public void An_empty_text_is_the_two_special_tokens()
    {
        using var encoder = TextEncoder.Load(_folder);
        Assert.Equal(encoder.Embed([new TokenSequence([2, 3], 2)]), encoder.Embed([""]));
        Assert.Empty(encoder.Embed(Array.Empty<string>()));
    }

    [Fact]
    public void A_text_of_ten_megabytes_is_cut()
    {
        using var encoder = TextEncoder.Load(_folder);
        var text = string.Concat(Enumerable.Repeat("w7 w8 ", 10_000_000 / 6));
        Assert.Equal(32, encoder.MaximumTokens);
        Assert.Equal(32, encoder.Sequence(text).Length);
        Assert.Equal(encoder.Dimension, encoder.Embed([text]).Length);
    }

    [Fact]
    public async Task Threads_may_share_an_encoder()
    {
        using var encoder = TextEncoder.Load(_folder, ModelPrecision.Int8);
        string[] texts = ["w5 w6", "w100 w200 w300", ""];
        var expected = encoder.Embed(texts);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => encoder.Embed(texts), TestContext.Current.CancellationToken)));
        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Fact]
    public void A_cancelled_call_stops()
    {
        using var encoder = TextEncoder.Load(_folder);
        Assert.Throws<OperationCanceledException>(() => encoder.Encode(["w5"], null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_sequence_longer_than_the_network_is_refused_with_its_place()
    {
        using var encoder = TextEncoder.Load(_folder);
        var refusal = Assert.Throws<ArgumentException>(() => encoder.Embed([new TokenSequence([2, 3], 2), new TokenSequence(new int[41], 41)]));
        Assert.StartsWith("sequences[1] has 41 tokens; expected 1 to 40, the positions of the network.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_classifier_scores_pairs_of_texts()
    {
        var folder = _temporary.In("classifier");
        SmallBert.WriteFolder(folder, BertArchitecture.PairClassifier, TransformerKind.PairClassifier);
        using var classifier = PairClassifier.Load(folder);
        var pair = classifier.Pair("w5 w6", "w7");
        Assert.Equal([2, 5, 6, 3, 7, 3], pair.Ids);
        Assert.Equal(4, pair.FirstLength);
        var score = Assert.Single(classifier.Score([pair], null, TestContext.Current.CancellationToken));
        var oracle = new BertOracle(BertWeights.Read(folder, BertArchitecture.PairClassifier));
        Assert.Equal(oracle.Classify(pair), score, 1e-5);
        var refusal = Assert.Throws<CheckpointException>(() => TextEncoder.Load(folder));
        Assert.Equal($"{folder}: task.json says that this is a pair-classifier; a text-encoder is wanted.", refusal.Message);
    }

    [Fact]
    public void A_damaged_graph_is_refused_with_its_name()
    {
        var path = Path.Combine(_folder, "model.onnx");
        var bytes = File.ReadAllBytes(path);
        foreach (var damaged in (byte[][])[bytes[..(bytes.Length / 2)], "no graph"u8.ToArray(), []])
        {
            File.WriteAllBytes(path, damaged);
            var refusal = Assert.Throws<CheckpointException>(() => TextEncoder.Load(_folder));
            Assert.StartsWith($"{path}: is no ONNX file that can be run, or is damaged or cut off: export it again. (", refusal.Message, StringComparison.Ordinal);
            refusal = Assert.Throws<CheckpointException>(() => GraphQuantiser.Quantise(path, path + ".int8"));
            Assert.StartsWith($"{path}: ", refusal.Message, StringComparison.Ordinal);
        }

        File.Delete(path);
        Assert.Equal($"{path}: there is no such file. Export the model again, or ask for another precision.", Assert.Throws<CheckpointException>(() => TextEncoder.Load(_folder)).Message);
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_is_refused_with_both_counts()
    {
        SmallBert.WriteFolder(_folder, BertArchitecture.Encoder, TransformerKind.TextEncoder, tokens: 1101);
        Assert.Equal(
            $"{_folder}: vocab.txt has 1101 tokens, but vocab_size in config.json is 1100: the vocabulary does not fit the word embeddings. Put the vocab.txt beside the model that it was trained with.",
            Assert.Throws<CheckpointException>(() => TextEncoder.Load(_folder)).Message);
    }

    [Fact]
    public void More_tokens_than_positions_are_refused()
    {
        new TransformerTask { Kind = TransformerKind.TextEncoder, MaximumTokens = 64 }.Write(_folder);
        Assert.Equal(
            $"{_folder}: maximum_tokens in task.json is 64, but config.json has 40 positions (max_position_embeddings); lower it.",
            Assert.Throws<CheckpointException>(() => TextEncoder.Load(_folder)).Message);
    }

    private sealed class Shares : IProgress<double>
    {
        public List<double> Reported { get; } = [];

        public void Report(double value) => Reported.Add(value);
    }
}
