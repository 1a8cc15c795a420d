using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning;
using Touchstone.Learning.Pretraining;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Learning.Pretraining;

[Collection(LibTorchTestsInTurn.Name)]
public sealed class PretrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("touchstone-").FullName;

    public PretrainerTests() => LibTorchTestsInTurn.Require();

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void It_guesses_masked_tokens_better_than_their_frequencies_do()
    {
        var result = Pretrainer.Run(Job("a"), null, TestContext.Current.CancellationToken);

        Assert.True(result.HeldOutTokens > 0);
        Assert.True(result.Perplexity < result.UnigramPerplexity / 2, $"{result.Perplexity} against {result.UnigramPerplexity}");
        var written = BertWeights.Read(Path.Combine(_folder, "a"), BertArchitecture.Pretraining);
        Assert.Equal(64, written.Configuration.HiddenSize);
        Assert.Equal(TransformerKind.Pretraining, TransformerTask.Read(Path.Combine(_folder, "a")).Kind);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(_folder, "a.curves"), "*tfevents*"));
    }

    [Fact]
    public void A_training_that_was_stopped_goes_on_to_the_same_bits()
    {
        Pretrainer.Run(Job("whole"), null, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => Pretrainer.Run(Job("stopped"), new Told(_ => { if (++steps == 17) stop.Cancel(); }), stop.Token));
        long? first = null;
        Pretrainer.Run(Job("stopped"), new Told(progress => first ??= progress.Step), TestContext.Current.CancellationToken);

        Assert.Equal(18, first);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "whole", BertWeights.FileName)), File.ReadAllBytes(Path.Combine(_folder, "stopped", BertWeights.FileName)));
    }

    [Fact]
    public void The_count_of_live_tensors_is_flat_over_a_thousand_steps()
    {
        List<long> counts = [];
        Pretrainer.Run(
            Job("flat") with { Options = Options with { Tokens = 1000 * 256, BatchTokens = 256 }, CheckpointSteps = 500 },
            new Told(progress => { if (progress.Step % 100 == 50) counts.Add(torch.Tensor.TotalCount); }), TestContext.Current.CancellationToken);

        Assert.True(counts.Count >= 9, $"{counts.Count} counts");
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_training_and_keeps_the_last_good_checkpoint()
    {
        var job = Job("nan") with { CheckpointSteps = 2, Options = Options with { LearningRate = 10, WarmUp = 0, WeightDecay = 0 } };
        // Weights near the limit of single precision, as a diverging training leaves them.
        var poisoned = Path.Combine(_folder, "poisoned");
        Pretrainer.Run(Job("poisoned") with { Options = Options with { Tokens = 1000 } }, null, TestContext.Current.CancellationToken);
        var checkpoint = Safetensors.Read(Path.Combine(poisoned, BertWeights.FileName));
        Safetensors.Write(
            Path.Combine(poisoned, BertWeights.FileName),
            checkpoint.Tensors.Select(tensor => tensor.Name == "cls.predictions.transform.LayerNorm.weight"
                ? NamedTensor.Of(tensor.Name, [.. tensor.Singles().ToArray().Select(_ => 3e38f)], [.. tensor.Shape]) : tensor));

        var fault = Assert.Throws<TrainingDivergedException>(() => Pretrainer.Run(job with { ContinuedFolder = poisoned }, null, TestContext.Current.CancellationToken));

        Assert.Matches(@"^pretrain: the loss or its gradient is not finite at step \d+ \(learning rate [\d.]+\)\. .*Lower learning_rate, or raise warm_up", fault.Message);
        Assert.False(File.Exists(Path.Combine(_folder, "nan", BertWeights.FileName)));
    }

    [Fact]
    public void Continuing_takes_over_the_weights_and_refuses_a_vocabulary_that_does_not_fit()
    {
        Pretrainer.Run(Job("base"), null, TestContext.Current.CancellationToken);
        var further = Pretrainer.Run(Job("further") with { ContinuedFolder = Path.Combine(_folder, "base"), Options = Options with { Tokens = 2000 } }, null, TestContext.Current.CancellationToken);
        var fresh = Pretrainer.Run(Job("fresh") with { Options = Options with { Tokens = 2000 } }, null, TestContext.Current.CancellationToken);
        Assert.True(further.HeldOutLoss < fresh.HeldOutLoss - 0.5, $"{further.HeldOutLoss} against {fresh.HeldOutLoss}");

        var other = WordPieceVocabulary.Of([.. Enumerable.Range(0, 5000).Select(i => i < 5 ? WordPieceVocabulary.SpecialTokens[i] : $"word{i}")], TextNormalisation.Shop);
        var fault = Assert.Throws<CheckpointException>(() => Pretrainer.Run(Job("misfit") with { ContinuedFolder = Path.Combine(_folder, "base"), Vocabulary = other }, null, TestContext.Current.CancellationToken));
        Assert.Contains("its vocabulary has 5000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_catalogue_of_one_text_is_refused_with_the_remedy()
    {
        var products = new ProductTable(["only"]);
        products.Titles[0] = "one line";
        var fault = Assert.Throws<TrainingCorpusException>(() => PretrainingCorpus.Of(SmallShop.Texts(products), null, 0.1, new Seed(1)));
        Assert.Equal("1 of 1 products have text; a language model needs at least two. Map title, brand, category or description in shop.yaml, or switch pretraining off with `pretrain: false`.", fault.Message);
    }

    [Fact]
    public void Held_out_products_are_in_no_training_text_and_no_pair()
    {
        var products = SmallShop.Products();
        var corpus = PretrainingCorpus.Of(SmallShop.Texts(products), SmallShop.Histories(products), 0.2, new Seed(3));
        Assert.Contains(true, corpus.IsHeldOut);
        Assert.Equal(products.Count, corpus.TrainingTexts.Count() + corpus.HeldOutTexts.Count());
        Assert.All(corpus.Firsts.Concat(corpus.Seconds), product => Assert.False(corpus.IsHeldOut[product]));
    }

    [Fact]
    public void Masks_leave_special_tokens_and_padding_and_follow_the_seed()
    {
        var vocabulary = Job("x").Vocabulary;
        TokenSequence[] sequences = [.. Enumerable.Range(3, 40).Select(length => TokenSequence.Of(vocabulary, [.. Enumerable.Range(0, length).Select(i => 5 + (i % (vocabulary.Count - 5)))], 64))];
        var batch = MaskedBatch.Of(sequences, vocabulary, 0.3, new Seed(5));
        var again = MaskedBatch.Of(sequences, vocabulary, 0.3, new Seed(5));
        Assert.Equal(batch.Tokens.InputIds, again.Tokens.InputIds);
        var plain = TokenBatch.Of(sequences, vocabulary.PaddingId);
        Assert.All(batch.Positions.Zip(batch.Labels), pair => Assert.Equal(plain.InputIds[pair.First], pair.Second));
        Assert.All(batch.Labels, label => Assert.False(vocabulary.IsSpecial((int)label)));
        var chosen = batch.Positions.ToHashSet();
        Assert.All(Enumerable.Range(0, plain.InputIds.Length).Where(i => !chosen.Contains(i)), i => Assert.Equal(plain.InputIds[i], batch.Tokens.InputIds[i]));
        Assert.InRange(batch.Labels.Length / (double)sequences.Sum(sequence => sequence.Length - 2), 0.2, 0.4);
    }

    private static PretrainingOptions Options { get; } = new() { HiddenSize = 64, LayerCount = 1, MaximumTokens = 24, Tokens = 60_000, BatchTokens = 512, HeldOutRate = 0.15 };

    private PretrainingJob Job(string name)
    {
        var products = SmallShop.Products();
        var corpus = PretrainingCorpus.Of(SmallShop.Texts(products), SmallShop.Histories(products), Options.HeldOutRate, new Seed(1));
        return new PretrainingJob
        {
            Corpus = corpus,
            Vocabulary = VocabularyTrainer.Train(corpus.TrainingTexts, new VocabularyOptions { Size = 200 }, null, TestContext.Current.CancellationToken),
            Options = Options,
            Seed = new Seed(1),
            OutputFolder = Path.Combine(_folder, name),
            CheckpointFolder = Path.Combine(_folder, name + ".unfinished"),
            CurvesFolder = Path.Combine(_folder, name + ".curves"),
        };
    }

    private sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
