using TorchSharp;
using Touchstone.Domain;
using Touchstone.Learning.Networks;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.Pretraining;

/// <summary>Measures a language model on what it did not learn from.</summary>
internal static class PretrainingJudge
{
    private const int BatchSize = 64, Rounds = 4;

    /// <summary>Mean loss of masked tokens, and that of token frequencies at the same places; each text is masked several times, each time elsewhere.</summary>
    public static (double Loss, double Unigram, long Count) MaskedLoss(
        BertEncoder encoder, ParameterSet weights, PretrainingExamples examples, WordPieceVocabulary vocabulary, PretrainingOptions options, Seed seed)
    {
        var unigram = new UnigramBaseline(examples.TrainingTexts, vocabulary.Count);
        var (sum, baseline, count) = (0.0, 0.0, 0L);
        var texts = examples.HeldOutTexts.OrderBy(text => text.Length).ToArray();
        using var none = torch.no_grad();
        for (var round = 0; round < Rounds; round++)
        {
            for (var start = 0; start < texts.Length; start += BatchSize)
            {
                using var scope = torch.NewDisposeScope();
                var part = texts.AsSpan(start..Math.Min(start + BatchSize, texts.Length));
                var batch = MaskedBatch.Of(part, vocabulary, options.MaskRate, seed.For("held-out masks", ((long)round << 32) + start));
                if (batch.Positions.Length == 0) continue;
                var hidden = encoder.Forward(TokenTensors.Of(batch.Tokens), DropoutMasks.None);
                var chosen = hidden.view(-1, encoder.Configuration.HiddenSize).index_select(0, torch.tensor(batch.Positions));
                sum += torch.nn.functional.cross_entropy(Heads.PredictTokens(chosen, encoder, weights), torch.tensor(batch.Labels), reduction: torch.nn.Reduction.Sum).item<float>();
                foreach (var label in batch.Labels) baseline += unigram.LossOf(label);
                count += batch.Labels.Length;
            }
        }

        return (sum / count, baseline / count, count);
    }

    /// <summary>Share of held-out pairs and their counterparts that are told apart; NaN where there are none.</summary>
    public static double NextSentenceAccuracy(
        BertEncoder encoder, ParameterSet weights, PretrainingExamples examples, WordPieceVocabulary vocabulary, PretrainingOptions options, Seed seed)
    {
        var random = seed.For("held-out counterparts").NewRandom();
        List<(TokenSequence Sequence, bool IsNext)> rows = [];
        foreach (var pair in examples.HeldOutPairs.Take(2000))
        {
            var (same, other) = examples.HeldOutPair(pair, random);
            rows.Add((same, true));
            rows.Add((other, false));
        }

        if (rows.Count == 0) return double.NaN;
        var sorted = rows.OrderBy(row => row.Sequence.Length).ToArray();
        var right = 0;
        using var none = torch.no_grad();
        foreach (var part in sorted.Chunk(BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            var batch = TokenTensors.Of(TokenBatch.Of(Array.ConvertAll(part, row => row.Sequence), vocabulary.PaddingId));
            var scores = Heads.PredictNext(encoder.Pool(encoder.Forward(batch, DropoutMasks.None)), weights).data<float>().ToArray();
            for (var i = 0; i < part.Length; i++)
                if (scores[2 * i] > scores[(2 * i) + 1] == part[i].IsNext) right++;
        }

        return (double)right / rows.Count;
    }
}
