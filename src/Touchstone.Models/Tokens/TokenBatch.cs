namespace Touchstone.Models.Tokens;

/// <summary>Sequences padded to one length, as networks and ONNX graphs take them; all arrays are row-major [sequence, position].</summary>
public sealed record TokenBatch
{
    private TokenBatch(int count, int length)
    {
        (Count, Length) = (count, length);
        (InputIds, AttentionMask, TokenTypeIds) = (new long[count * length], new long[count * length], new long[count * length]);
    }

    /// <summary>How many sequences.</summary>
    public int Count { get; }

    /// <summary>Positions of each, padding included.</summary>
    public int Length { get; }

    /// <summary>[sequence, position] token ids; padding is <c>[PAD]</c>.</summary>
    public long[] InputIds { get; }

    /// <summary>[sequence, position] 1 for a token, 0 for padding.</summary>
    public long[] AttentionMask { get; }

    /// <summary>[sequence, position] 0 for the first segment and padding, 1 for the second.</summary>
    public long[] TokenTypeIds { get; }

    /// <summary>Pads sequences to the longest of them, or to a given length.</summary>
    /// <param name="sequences">At least one.</param>
    /// <param name="paddingId">Id of <c>[PAD]</c>.</param>
    /// <param name="length">Positions to pad to; 0 = the longest sequence's.</param>
    /// <exception cref="ArgumentException">No sequence, an empty one, or one longer than <paramref name="length"/> (names it).</exception>
    public static TokenBatch Of(ReadOnlySpan<TokenSequence> sequences, int paddingId, int length = 0)
    {
        if (sequences.IsEmpty) throw new ArgumentException("There is no sequence; a batch has at least one.", nameof(sequences));
        var longest = 0;
        foreach (var sequence in sequences) longest = Math.Max(longest, sequence.Length);
        var batch = new TokenBatch(sequences.Length, length == 0 ? longest : length);
        if (paddingId != 0) Array.Fill(batch.InputIds, paddingId);
        for (var i = 0; i < sequences.Length; i++)
        {
            var (ids, first) = sequences[i];
            if (ids.Length == 0 || ids.Length > batch.Length)
                throw new ArgumentException($"sequences[{i}] has {ids.Length} tokens; expected 1 to {batch.Length}.", nameof(sequences));
            var row = i * batch.Length;
            for (var j = 0; j < ids.Length; j++)
            {
                batch.InputIds[row + j] = ids[j];
                batch.AttentionMask[row + j] = 1;
                batch.TokenTypeIds[row + j] = j < first ? 0 : 1;
            }
        }

        return batch;
    }
}
