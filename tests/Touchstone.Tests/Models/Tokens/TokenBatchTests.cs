using CsCheck;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

public sealed class TokenBatchTests
{
    [Fact]
    public void Sequences_are_padded_to_the_longest()
    {
        var batch = TokenBatch.Of([new TokenSequence([2, 7, 3, 8, 3], 3), new TokenSequence([2, 9, 3], 3)], paddingId: 5);
        Assert.Equal((2, 5), (batch.Count, batch.Length));
        Assert.Equal([2, 7, 3, 8, 3, 2, 9, 3, 5, 5], batch.InputIds);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 0, 0], batch.AttentionMask);
        Assert.Equal([0, 0, 0, 1, 1, 0, 0, 0, 0, 0], batch.TokenTypeIds);
    }

    [Fact]
    public void Each_row_is_its_sequence_and_the_rest_is_padding() => Gen.Select(Gen.Int[1, 20].Array[1, 10], Gen.Int[0, 10], Gen.Int[0, 3]).Sample((lengths, more, padding) =>
    {
        var sequences = lengths.Select((length, i) => new TokenSequence([.. Enumerable.Range(10 * i + 10, length)], length / 2)).ToArray();
        var wanted = lengths.Max() + more;
        var batch = TokenBatch.Of(sequences, padding, wanted);
        return batch.Length == wanted && sequences.Select((sequence, row) => (sequence, row)).All(pair => Enumerable.Range(0, wanted).All(position =>
        {
            var at = pair.row * wanted + position;
            var isToken = position < pair.sequence.Length;
            return batch.InputIds[at] == (isToken ? pair.sequence.Ids[position] : padding)
                && batch.AttentionMask[at] == (isToken ? 1 : 0)
                && batch.TokenTypeIds[at] == (isToken && position >= pair.sequence.FirstLength ? 1 : 0);
        }));
    });

    [Fact]
    public void An_empty_batch_or_a_sequence_that_does_not_fit_is_refused_with_its_place()
    {
        Assert.StartsWith("There is no sequence; a batch has at least one.", Assert.Throws<ArgumentException>(() => TokenBatch.Of([], 0)).Message, StringComparison.Ordinal);
        TokenSequence[] sequences = [new([2, 3], 2), new([2, 7, 8, 3], 4)];
        Assert.StartsWith("sequences[1] has 4 tokens; expected 1 to 3.", Assert.Throws<ArgumentException>(() => TokenBatch.Of(sequences, 0, 3)).Message, StringComparison.Ordinal);
        Assert.StartsWith("sequences[0] has 0 tokens; expected 1 to 2.", Assert.Throws<ArgumentException>(() => TokenBatch.Of([new([], 0), new([2, 3], 2)], 0)).Message, StringComparison.Ordinal);
    }
}
