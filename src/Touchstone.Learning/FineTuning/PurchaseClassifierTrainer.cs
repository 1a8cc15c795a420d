using System.Globalization;
using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Optimisation;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Features;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.FineTuning;

/// <summary>
/// Teaches a BERT to tell whether a shopper buys a product: history and product as the two segments, a dense layer of 128, one logit, binary
/// cross-entropy, Adam (Kingma and Ba 2015). On few purchases a small network never learns by attention alone to compare the two segments, so the
/// dense layer also sees their means' product and distance.
/// </summary>
public static class PurchaseClassifierTrainer
{
    private const int BatchSize = 64;

    /// <summary>Trains, or goes on with what a killed run left, and writes the model.</summary>
    /// <param name="histories">Training rows.</param>
    /// <param name="texts">[product] texts.</param>
    /// <param name="options">Options.</param>
    /// <param name="job">Where from and to.</param>
    /// <param name="validate">Judges the held-out rows.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint of it is kept.</param>
    /// <exception cref="TrainingCorpusException">No shopper has two products with text.</exception>
    /// <exception cref="LibTorchUnavailableException">LibTorch cannot be loaded.</exception>
    /// <exception cref="TrainingDivergedException">A loss that is no number.</exception>
    public static FineTuningResult Run(
        TrainingHistories histories, IReadOnlyList<string> texts, ClassifierOptions options, FineTuningJob job, Validate validate,
        IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(validate);
        LibTorch.Start(job.Threads);
        var seed = job.Seed.For(ClassifierOptions.TaskName);
        var vocabulary = WordPieceVocabulary.Read(job.BaseFolder);
        var stored = NetworkFolder.Read(job.BaseFolder);
        var configuration = stored.Configuration with { Dropout = options.Dropout };
        if (configuration.MaximumPositions < PurchasePairs.MaximumTokens)
            throw new CheckpointException($"{job.BaseFolder}: max_position_embeddings is {configuration.MaximumPositions}; the purchase classifier needs {PurchasePairs.MaximumTokens}. Pretrain with a larger maximum_tokens.");
        var examples = new PurchaseExamples(histories, new PurchasePairs(histories.Products, texts, vocabulary), texts, options.HeldOutRate, seed);
        if (examples.Count == 0) throw new TrainingCorpusException($"{ClassifierOptions.TaskName}: no shopper has two products with text to learn from.");
        using var weights = new ParameterSet();
        BertEncoder.AddWeights(weights, configuration, NetworkFolder.Prefix, seed);
        Heads.AddClassifier(weights, configuration, seed);
        NetworkFolder.LoadInto(weights, NetworkFolder.Prefix, stored);
        var encoder = new BertEncoder(configuration, weights, NetworkFolder.Prefix);
        var dropout = new DropoutMasks(options.Dropout, seed);
        var stepCount = CountSteps();
        var loop = new TrainingLoop
        {
            Name = ClassifierOptions.TaskName,
            Weights = weights,
            Optimiser = new AdamW(weights, 0, 1),
            Schedule = new LearningRateSchedule(options.LearningRate, 0, (long)(options.WarmUp * stepCount), stepCount),
            Dropout = dropout,
            CheckpointFolder = job.CheckpointFolder,
            CurvesFolder = job.CurvesFolder,
            Key = string.Create(CultureInfo.InvariantCulture, $"{options} {job.DataHash} threads {job.Threads} seed {job.Seed.Value}"),
        };
        var tokensASecond = loop.Run(Batches(), batch => batch.Sequences.Sum(sequence => (long)sequence.Length), LossOf, progress, cancellationToken);
        var (heldOut, labels) = examples.HeldOut();
        var figures = validate(Probabilities(heldOut), labels);
        NetworkFolder.Write(job.OutputFolder, weights, configuration, vocabulary, new TransformerTask { Kind = TransformerKind.PairClassifier, MaximumTokens = PurchasePairs.MaximumTokens });
        loop.Finish();
        return new FineTuningResult { Steps = stepCount, PairCount = examples.Count, TokensASecond = tokensASecond, HeldOut = figures };

        torch.Tensor? LossOf((TokenSequence[] Sequences, float[] Labels) batch, long step) =>
            Losses.BinaryCrossEntropy(Logits(batch.Sequences, dropout), torch.tensor(batch.Labels));

        torch.Tensor Logits(TokenSequence[] sequences, DropoutMasks masks)
        {
            var tokens = TokenTensors.Of(TokenBatch.Of(sequences, vocabulary.PaddingId));
            return Heads.Classify(encoder.Forward(tokens, masks), tokens, encoder, weights, masks);
        }

        float[] Probabilities(TokenSequence[] sequences)
        {
            var probabilities = new float[sequences.Length];
            using var none = torch.no_grad();
            foreach (var part in Enumerable.Range(0, sequences.Length).OrderBy(i => sequences[i].Length).ThenBy(i => i).Chunk(BatchSize))
            {
                using var scope = torch.NewDisposeScope();
                var values = Logits(Array.ConvertAll(part, i => sequences[i]), DropoutMasks.None).sigmoid().data<float>().ToArray();
                for (var i = 0; i < part.Length; i++) probabilities[part[i]] = values[i];
            }

            return probabilities;
        }

        IEnumerable<(TokenSequence[] Sequences, float[] Labels)> Batches()
        {
            for (var epoch = 0L; ; epoch++)
                foreach (var batch in Epoch(epoch)) yield return batch;
        }

        IEnumerable<(TokenSequence[] Sequences, float[] Labels)> Epoch(long epoch)
        {
            var (sequences, isBought) = examples.Epoch(epoch);
            return BatchPlan.Of(Array.ConvertAll(sequences, sequence => sequence.Length), options.BatchTokens, int.MaxValue, seed.For("order", epoch))
                .Select(batch => (Array.ConvertAll(batch, i => sequences[i]), Array.ConvertAll(batch, i => isBought[i] ? 1f : 0f)));
        }

        long CountSteps()
        {
            var wanted = options.Tokens > 0 ? options.Tokens : ClassifierOptions.AutomaticTokens;
            var (steps, tokens) = (0L, 0L);
            for (var epoch = 0L; options.Tokens > 0 || epoch < ClassifierOptions.AutomaticEpochs; epoch++)
            {
                foreach (var (sequences, _) in Epoch(epoch))
                {
                    steps++;
                    tokens += sequences.Sum(sequence => (long)sequence.Length);
                    if (tokens >= wanted) return steps;
                }
            }

            return steps;
        }
    }
}
