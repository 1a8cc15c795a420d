using System.Globalization;
using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Optimisation;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.Pretraining;

/// <summary>
/// Trains a BERT to guess masked tokens and whether one product follows another (Devlin et al. 2019, section 3.1): a masked-language loss over
/// all sequences and a next-sentence loss over the pairs, added.
/// </summary>
public static class Pretrainer
{
    /// <summary>Trains, or goes on with what a killed run of the same job left, and writes the model.</summary>
    /// <param name="job">What, how and where.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint of it is kept.</param>
    /// <exception cref="LibTorchUnavailableException">LibTorch cannot be loaded (says what to run).</exception>
    /// <exception cref="TrainingDivergedException">A loss that is no number (says what to change); the last good checkpoint is kept.</exception>
    /// <exception cref="CheckpointException">A folder to continue from that does not fit.</exception>
    public static PretrainingResult Run(PretrainingJob job, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        LibTorch.Start(job.Threads);
        var (options, seed) = (job.Options, job.Seed.For("pretraining"));
        var examples = new PretrainingExamples(job.Corpus, job.Vocabulary, options.MaximumTokens, seed);
        using var weights = new ParameterSet();
        var configuration = NewWeights(job, weights, seed);
        var encoder = new BertEncoder(configuration, weights, NetworkFolder.Prefix);
        var dropout = new DropoutMasks(options.Dropout, seed);
        var (stepCount, tokens) = CountSteps(examples, options);
        var loop = new TrainingLoop
        {
            Name = PretrainingOptions.SectionName,
            Weights = weights,
            Optimiser = new AdamW(weights, options.WeightDecay, 1),
            Schedule = new LearningRateSchedule(options.LearningRate, 0, (long)(options.WarmUp * stepCount), stepCount),
            Dropout = dropout,
            CheckpointFolder = job.CheckpointFolder,
            Key = Key(job),
            CheckpointSteps = job.CheckpointSteps,
            CurvesFolder = job.CurvesFolder,
        };
        var tokensASecond = loop.Run(Batches(examples, options), batch => batch.Sequences.Sum(sequence => (long)sequence.Length), LossOf, progress, cancellationToken);
        var (loss, unigram, count) = PretrainingJudge.MaskedLoss(encoder, weights, examples, job.Vocabulary, options, seed);
        var accuracy = PretrainingJudge.NextSentenceAccuracy(encoder, weights, examples, job.Vocabulary, options, seed);
        NetworkFolder.Write(job.OutputFolder, weights, configuration, job.Vocabulary, new TransformerTask { Kind = TransformerKind.Pretraining, MaximumTokens = options.MaximumTokens + 2 });
        loop.Finish();
        return new PretrainingResult
        {
            Steps = stepCount,
            Tokens = tokens,
            ParameterCount = weights.Count,
            HeldOutTokens = count,
            HeldOutLoss = loss,
            UnigramLoss = unigram,
            NextSentenceAccuracy = accuracy,
            TokensASecond = tokensASecond,
        };

        torch.Tensor? LossOf((TokenSequence[] Sequences, long[] Next) part, long step)
        {
            var batch = MaskedBatch.Of(part.Sequences, job.Vocabulary, options.MaskRate, seed.For("masks", step));
            var hidden = encoder.Forward(TokenTensors.Of(batch.Tokens), dropout);
            var chosen = hidden.view(-1, configuration.HiddenSize).index_select(0, torch.tensor(batch.Positions));
            var masked = Losses.CrossEntropy(Heads.PredictTokens(chosen, encoder, weights), torch.tensor(batch.Labels));
            var pairs = Enumerable.Range(0, part.Next.Length).Where(i => part.Next[i] >= 0).Select(i => (long)i).ToArray();
            if (pairs.Length == 0) return masked;
            var pooled = encoder.Pool(hidden.index_select(0, torch.tensor(pairs)));
            var follows = Losses.CrossEntropy(Heads.PredictNext(pooled, weights), torch.tensor(Array.ConvertAll(pairs, i => part.Next[i])));
            return masked is null || follows is null ? masked ?? follows : masked + follows;
        }
    }

    private static BertConfiguration NewWeights(PretrainingJob job, ParameterSet weights, Seed seed)
    {
        var stored = job.ContinuedFolder is { } folder ? NetworkFolder.Read(folder) : null;
        var configuration = stored is null ? job.Options.NewNetwork(job.Vocabulary.Count) : stored.Configuration with { Dropout = job.Options.Dropout };
        if (stored is not null) job.Vocabulary.RequireFits(configuration.VocabularySize, job.ContinuedFolder ?? "");
        if (configuration.MaximumPositions < (2 * job.Options.MaximumTokens) + 3)
            throw new CheckpointException($"{job.ContinuedFolder}: max_position_embeddings is {configuration.MaximumPositions}; pairs of {job.Options.MaximumTokens} tokens each need {(2 * job.Options.MaximumTokens) + 3}. Lower pretrain: maximum_tokens.");
        BertEncoder.AddWeights(weights, configuration, NetworkFolder.Prefix, seed);
        Heads.AddPretraining(weights, configuration, seed);
        if (stored is not null) NetworkFolder.LoadInto(weights, NetworkFolder.Prefix, stored);
        return configuration;
    }

    private static (long Steps, long Tokens) CountSteps(PretrainingExamples examples, PretrainingOptions options)
    {
        var wanted = options.Tokens > 0 ? options.Tokens : PretrainingOptions.AutomaticTokens;
        var (steps, tokens) = (0L, 0L);
        for (var epoch = 0; options.Tokens > 0 || epoch < PretrainingOptions.AutomaticEpochs; epoch++)
        {
            foreach (var (sequences, _) in examples.Epoch(epoch, options.BatchTokens))
            {
                steps++;
                foreach (var sequence in sequences) tokens += sequence.Length;
                if (tokens >= wanted) return (steps, tokens);
            }
        }

        return (steps, tokens);
    }

    private static IEnumerable<(TokenSequence[] Sequences, long[] Next)> Batches(PretrainingExamples examples, PretrainingOptions options)
    {
        for (var epoch = 0; ; epoch++)
            foreach (var batch in examples.Epoch(epoch, options.BatchTokens)) yield return batch;
    }

    // Of what the steps depend on; data come in by their texts and pairs.
    private static string Key(PretrainingJob job)
    {
        ulong data = 0;
        foreach (var text in job.Corpus.Texts) data = Numerics.StableHash.Of(text, data);
        for (var i = 0; i < job.Corpus.Firsts.Count; i++) data = Numerics.StableHash.Mix(data ^ ((ulong)job.Corpus.Firsts[i] << 32) ^ (uint)job.Corpus.Seconds[i]);
        return string.Create(CultureInfo.InvariantCulture, $"{job.Options} {job.ContinuedFolder} vocabulary {job.Vocabulary.Count} threads {job.Threads} seed {job.Seed.Value} data {data:x16}");
    }
}
