using System.Globalization;
using TorchSharp;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Optimisation;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.FineTuning;

/// <summary>
/// Teaches an encoder that texts which belong together lie close: symmetric InfoNCE over the pairs of a batch (van den Oord et al. 2018; Radford
/// et al. 2021), mean pooling (Reimers and Gurevych 2019). A product that is also another row's is no negative of it.
/// </summary>
public static class TextEncoderTrainer
{
    /// <summary>Trains, or goes on with what a killed run left, and writes the model.</summary>
    /// <param name="pairs">What belongs together.</param>
    /// <param name="options">Options.</param>
    /// <param name="job">Where from and to.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Stops after the step at hand; a checkpoint of it is kept.</param>
    /// <exception cref="TrainingCorpusException">No pairs.</exception>
    /// <exception cref="LibTorchUnavailableException">LibTorch cannot be loaded.</exception>
    /// <exception cref="TrainingDivergedException">A loss that is no number.</exception>
    public static FineTuningResult Run(TextPairs pairs, ContrastiveOptions options, FineTuningJob job, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(job);
        if (pairs.Firsts.Count < 2) throw new TrainingCorpusException($"{ContrastiveOptions.TaskName}: {pairs.Firsts.Count} pairs of texts belong together; at least two are needed.");
        LibTorch.Start(job.Threads);
        var seed = job.Seed.For(ContrastiveOptions.TaskName);
        var vocabulary = WordPieceVocabulary.Read(job.BaseFolder);
        var tokenizer = new WordPieceTokenizer(vocabulary);
        var stored = NetworkFolder.Read(job.BaseFolder);
        var configuration = stored.Configuration with { Dropout = options.Dropout };
        var maximumTokens = Math.Min(options.MaximumTokens, configuration.MaximumPositions);
        TokenSequence[] texts = [.. pairs.Texts.Select(text => TokenSequence.Of(vocabulary, tokenizer.Encode(text, maximumTokens), maximumTokens))];
        using var weights = new ParameterSet();
        BertEncoder.AddWeights(weights, configuration, "", seed);
        NetworkFolder.LoadInto(weights, "", stored);
        var encoder = new BertEncoder(configuration, weights, "");
        var dropout = new DropoutMasks(options.Dropout, seed);
        var stepCount = CountSteps();
        var loop = new TrainingLoop
        {
            Name = ContrastiveOptions.TaskName,
            Weights = weights,
            Optimiser = new AdamW(weights, options.WeightDecay, 1),
            Schedule = new LearningRateSchedule(options.LearningRate, 0, (long)(options.WarmUp * stepCount), stepCount),
            Dropout = dropout,
            CheckpointFolder = job.CheckpointFolder,
            CurvesFolder = job.CurvesFolder,
            Key = string.Create(CultureInfo.InvariantCulture, $"{options} {job.DataHash} threads {job.Threads} seed {job.Seed.Value}"),
        };
        var tokensASecond = loop.Run(Batches(), batch => batch.Sum(TokensOf), LossOf, progress, cancellationToken);
        NetworkFolder.Write(job.OutputFolder, weights, configuration, vocabulary, new TransformerTask { Kind = TransformerKind.TextEncoder, MaximumTokens = maximumTokens });
        loop.Finish();
        return new FineTuningResult { Steps = stepCount, PairCount = pairs.Firsts.Count, TokensASecond = tokensASecond, HeldOut = new SortedDictionary<string, double>() };

        torch.Tensor? LossOf(int[] batch, long step)
        {
            // Each text of a batch is read once, however many pairs it is in; short and long ones apart, so that little is padded.
            int[] distinct = [.. batch.SelectMany(pair => (int[])[pairs.Firsts[pair], pairs.Seconds[pair]]).Distinct().OrderBy(text => texts[text].Length).ThenBy(text => text)];
            var vectors = torch.cat([.. distinct.Chunk(64).Select(part =>
            {
                var tokens = TokenTensors.Of(TokenBatch.Of(Array.ConvertAll(part, text => texts[text]), vocabulary.PaddingId));
                return Heads.Embed(encoder.Forward(tokens, dropout), tokens.AttentionMask);
            })]);
            var rowOf = new Dictionary<int, long>(distinct.Length);
            for (var i = 0; i < distinct.Length; i++) rowOf.Add(distinct[i], i);
            var queries = vectors.index_select(0, torch.tensor(Array.ConvertAll(batch, pair => rowOf[pairs.Firsts[pair]])));
            var items = vectors.index_select(0, torch.tensor(Array.ConvertAll(batch, pair => rowOf[pairs.Seconds[pair]])));
            return Losses.Contrast(queries, items, options.Temperature, torch.tensor(Excluded(batch), batch.Length, batch.Length)).Symmetric;
        }

        // −∞ beside the diagonal where the texts of two rows are the same one.
        float[] Excluded(int[] batch)
        {
            var excluded = new float[batch.Length * batch.Length];
            for (var i = 0; i < batch.Length; i++)
            {
                for (var j = 0; j < batch.Length; j++)
                {
                    var (first, second) = (pairs.Firsts[batch[i]], pairs.Seconds[batch[j]]);
                    if (i != j && (second == pairs.Seconds[batch[i]] || first == pairs.Firsts[batch[j]] || first == second)) excluded[(i * batch.Length) + j] = float.NegativeInfinity;
                }
            }

            return excluded;
        }

        long TokensOf(int pair) => texts[pairs.Firsts[pair]].Length + texts[pairs.Seconds[pair]].Length;

        IEnumerable<int[]> Batches()
        {
            for (var epoch = 0L; ; epoch++)
                foreach (var batch in Epoch(epoch)) yield return batch;
        }

        IEnumerable<int[]> Epoch(long epoch)
        {
            var order = Enumerable.Range(0, pairs.Firsts.Count).ToArray();
            seed.For("order", epoch).NewRandom().Shuffle<int>(order);
            return order.Chunk(options.BatchPairs).Where(batch => batch.Length > 1);
        }

        long CountSteps()
        {
            var wanted = options.Tokens > 0 ? options.Tokens : ContrastiveOptions.AutomaticTokens;
            var (steps, tokens) = (0L, 0L);
            for (var epoch = 0L; options.Tokens > 0 || epoch < ContrastiveOptions.AutomaticEpochs; epoch++)
            {
                foreach (var batch in Epoch(epoch))
                {
                    steps++;
                    tokens += batch.Sum(TokensOf);
                    if (tokens >= wanted) return steps;
                }
            }

            return steps;
        }
    }
}
