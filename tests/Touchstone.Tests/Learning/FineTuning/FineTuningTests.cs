using TorchSharp;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Learning;
using Touchstone.Learning.FineTuning;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Pretraining;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Features;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Learning.FineTuning;

/// <summary>Both tasks on a small shop, and what is deployed of them against LibTorch.</summary>
[Collection(LibTorchTestsInTurn.Name)]
public sealed class FineTuningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-").FullName;
    private readonly ProductTable _products = SmallShop.Products();

    public FineTuningTests()
    {
        LibTorchTestsInTurn.Require();
        var corpus = PretrainingCorpus.Of(SmallShop.Texts(_products), SmallShop.Histories(_products), 0.1, new Seed(1));
        Pretrainer.Run(
            new PretrainingJob
            {
                Corpus = corpus,
                Vocabulary = VocabularyTrainer.Train(corpus.TrainingTexts, new VocabularyOptions { Size = 200 }, null, TestContext.Current.CancellationToken),
                Options = new() { HiddenSize = 64, LayerCount = 1, MaximumTokens = 24, Tokens = 20_000, BatchTokens = 512 },
                Seed = new Seed(1),
                OutputFolder = Path.Combine(_folder, "base"),
                CheckpointFolder = Path.Combine(_folder, "base.unfinished"),
            },
            null, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void The_encoder_brings_together_what_shoppers_take_together_and_its_graph_says_the_same()
    {
        var pairs = TextPairs.Of(SmallShop.Texts(_products), SmallShop.Histories(_products), [("warm jacket", 2)], 2);
        TextEncoderTrainer.Run(pairs, new ContrastiveOptions { Tokens = 30_000, BatchPairs = 16, MaximumTokens = 24 }, Job("encoder"), null, TestContext.Current.CancellationToken);

        var folder = Path.Combine(_folder, "encoder");
        BertGraph.WriteEncoder(BertConfiguration.Read(folder), Safetensors.Read(Path.Combine(folder, BertWeights.FileName)), Path.Combine(folder, "model.onnx"));
        using var encoder = TextEncoder.Load(folder);
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => ProductText.Of(_products, i))];
        var vectors = encoder.Encode(texts, null, TestContext.Current.CancellationToken);
        double Cosine(int left, int right) => Enumerable.Range(0, encoder.Dimension).Sum(j => (double)vectors[(left * encoder.Dimension) + j] * vectors[(right * encoder.Dimension) + j]);
        var (same, other) = (0.0, 0.0);
        for (var i = 4; i < 24; i++) (same, other) = (same + Cosine(i, i - 4), other + Cosine(i, i - 1));
        Assert.True(same / 20 > (other / 20) + 0.3, $"{same / 20} against {other / 20}");

        using var weights = new ParameterSet();
        var stored = BertWeights.Read(folder, BertArchitecture.Encoder);
        BertEncoder.AddWeights(weights, stored.Configuration, "", new Seed(9));
        NetworkFolder.LoadInto(weights, "", stored);
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var network = new BertEncoder(stored.Configuration, weights, "");
        TokenSequence[] sequences = [.. texts.Select(encoder.Sequence)];
        foreach (var length in (int[])[0, 40, 64])
        {
            // Padded to any length, the numbers are those of the graph.
            var tokens = TokenTensors.Of(TokenBatch.Of(sequences, 0, length));
            var own = Heads.Embed(network.Forward(tokens, DropoutMasks.None), tokens.AttentionMask).data<float>().ToArray();
            for (var i = 0; i < own.Length; i++) Assert.Equal(own[i], vectors[i], 1e-4f);
        }
    }

    [Fact]
    public void The_classifier_tells_what_is_bought_resumes_to_the_same_bits_and_its_graph_says_the_same()
    {
        var histories = SmallShop.Histories(_products);
        var texts = SmallShop.Texts(_products).Texts;
        var options = new ClassifierOptions { Tokens = 250_000, BatchTokens = 2048, HeldOutRate = 0.2 };
        FineTuningResult Run(string name, IProgress<TrainingProgress>? progress, CancellationToken cancellation) => PurchaseClassifierTrainer.Run(
            histories, texts, options, Job(name), (probabilities, labels) => new Dictionary<string, double> { ["auc"] = BinaryMetrics.Auc(probabilities, labels) }, progress, cancellation);
        var result = Run("classifier", null, TestContext.Current.CancellationToken);
        Assert.True(result.HeldOut["auc"] > 0.9, $"{result.HeldOut["auc"]}");

        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Run("again", new StopAt(stop, 7), stop.Token));
        Run("again", null, TestContext.Current.CancellationToken);
        var folder = Path.Combine(_folder, "classifier");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, BertWeights.FileName)), File.ReadAllBytes(Path.Combine(_folder, "again", BertWeights.FileName)));

        BertGraph.WriteClassifier(BertConfiguration.Read(folder), Safetensors.Read(Path.Combine(folder, BertWeights.FileName)), Path.Combine(folder, "model.onnx"));
        using var classifier = PairClassifier.Load(folder);
        var pairs = new PurchasePairs(_products, texts, WordPieceVocabulary.Read(folder));
        TokenSequence[] sequences = [.. Enumerable.Range(0, 40).Select(i => pairs.Of(i % 5 == 0 ? [] : histories.ProductIndexes.AsSpan(i, i % 5), i))];
        var probabilities = classifier.Score(sequences, null, TestContext.Current.CancellationToken);
        using var weights = new ParameterSet();
        var stored = BertWeights.Read(folder, BertArchitecture.PairClassifier);
        BertEncoder.AddWeights(weights, stored.Configuration, NetworkFolder.Prefix, new Seed(9));
        Heads.AddClassifier(weights, stored.Configuration, new Seed(9));
        NetworkFolder.LoadInto(weights, NetworkFolder.Prefix, stored);
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var network = new BertEncoder(stored.Configuration, weights, NetworkFolder.Prefix);
        var tokens = TokenTensors.Of(TokenBatch.Of(sequences, 0));
        var own = Heads.Classify(network.Forward(tokens, DropoutMasks.None), tokens, network, weights, DropoutMasks.None).sigmoid().data<float>().ToArray();
        for (var i = 0; i < own.Length; i++) Assert.Equal(own[i], probabilities[i], 1e-4f);
    }

    [Fact]
    public void Nothing_that_belongs_together_is_refused()
    {
        var lonely = new TrainingHistories { Products = _products, Offsets = [0, 1, 2], ProductIndexes = [3, 4] };
        var pairs = TextPairs.Of(SmallShop.Texts(_products), lonely, [], 2);
        Assert.Equal(
            "text-encoder: 0 pairs of texts belong together; at least two are needed.",
            Assert.Throws<TrainingCorpusException>(() => TextEncoderTrainer.Run(pairs, new ContrastiveOptions(), Job("a"), null, TestContext.Current.CancellationToken)).Message);
        Assert.Equal(
            "purchase-classifier: no shopper has two products with text to learn from.",
            Assert.Throws<TrainingCorpusException>(() => PurchaseClassifierTrainer.Run(
                lonely, SmallShop.Texts(_products).Texts, new ClassifierOptions(), Job("b"), (_, _) => new Dictionary<string, double>(), null, TestContext.Current.CancellationToken)).Message);
    }

    [Theory]
    [InlineData("learning_rat", "1", "text-encoder has no option \"learning_rat\"; known: batch_pairs,")]
    [InlineData("dropout", "2", "text-encoder: dropout = 2; expected 0 to 0.9.")]
    [InlineData("tokens", "many", "text-encoder: tokens \"many\" is not a whole number; write for example 0.")]
    public void Options_that_cannot_be_used_are_named(string name, string value, string message) =>
        Assert.StartsWith(message, Assert.Throws<TrainingOptionException>(() => ContrastiveOptions.FromOptions(new Dictionary<string, string> { [name] = value })).Message, StringComparison.Ordinal);

    private FineTuningJob Job(string name) => new()
    {
        BaseFolder = Path.Combine(_folder, "base"),
        OutputFolder = Path.Combine(_folder, name),
        CheckpointFolder = Path.Combine(_folder, name + ".unfinished"),
        Seed = new Seed(1),
        DataHash = "data",
    };

    private sealed class StopAt(CancellationTokenSource source, long step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step) source.Cancel();
        }
    }
}
