using Touchstone.Domain;
using Touchstone.Models.Tokens;

namespace Touchstone.Learning.Pretraining;

/// <summary>Sequences with tokens to guess: of the chosen ones 80 % become <c>[MASK]</c>, 10 % another token, 10 % stay (Devlin et al. 2019, section 3.1).</summary>
internal sealed record MaskedBatch
{
    /// <summary>The sequences with their masks.</summary>
    public required TokenBatch Tokens { get; init; }

    /// <summary>[chosen] positions in the flattened [sequence, position] batch.</summary>
    public required long[] Positions { get; init; }

    /// <summary>[chosen] tokens that stood there.</summary>
    public required long[] Labels { get; init; }

    /// <summary>Chooses and masks.</summary>
    /// <param name="sequences">At least one; not changed.</param>
    /// <param name="vocabulary">Gives the special tokens, which are never chosen.</param>
    /// <param name="rate">Share of the tokens to guess.</param>
    /// <param name="seed">Of this step.</param>
    public static MaskedBatch Of(ReadOnlySpan<TokenSequence> sequences, WordPieceVocabulary vocabulary, double rate, Seed seed)
    {
        var batch = TokenBatch.Of(sequences, vocabulary.PaddingId);
        var random = seed.NewRandom();
        List<long> positions = [], labels = [];
        for (var i = 0; i < batch.InputIds.Length; i++)
        {
            if (batch.AttentionMask[i] == 0) continue;
            var token = batch.InputIds[i];
            // [UNK] stays: there is no word to learn behind it.
            if (vocabulary.IsSpecial((int)token) || random.NextDouble() >= rate) continue;
            positions.Add(i);
            labels.Add(token);
            var drawn = random.NextDouble();
            if (drawn < 0.8) batch.InputIds[i] = vocabulary.MaskId;
            else if (drawn < 0.9) batch.InputIds[i] = random.NextInt(vocabulary.Count);
        }

        return new MaskedBatch { Tokens = batch, Positions = [.. positions], Labels = [.. labels] };
    }
}
