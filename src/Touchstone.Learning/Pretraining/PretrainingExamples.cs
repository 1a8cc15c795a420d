using Touchstone.Domain;
using Touchstone.Learning.Optimisation;
using Touchstone.Models.Tokens;
using Touchstone.Numerics;

namespace Touchstone.Learning.Pretraining;

/// <summary>
/// The sequences of a pretraining in their order. An epoch has each training text once alone and each training pair once; in half of the pairs
/// the second product is that of another pair, so that both halves hold the same products equally often.
/// </summary>
internal sealed class PretrainingExamples
{
    private const double HeldOutPairRate = 0.02;
    private readonly WordPieceVocabulary _vocabulary;
    private readonly PretrainingCorpus _corpus;
    private readonly int[][] _texts;
    private readonly int[] _alone, _pairs;
    private readonly int _maximumTokens;
    private readonly Seed _seed;

    public PretrainingExamples(PretrainingCorpus corpus, WordPieceVocabulary vocabulary, int maximumTokens, Seed seed)
    {
        (_corpus, _vocabulary, _maximumTokens, _seed) = (corpus, vocabulary, maximumTokens, seed);
        _texts = corpus.Encode(new WordPieceTokenizer(vocabulary), maximumTokens);
        _alone = [.. Enumerable.Range(0, _texts.Length).Where(i => !corpus.IsHeldOut[i] && _texts[i].Length > 0)];
        var salt = seed.For("held-out pairs").Value;
        List<int> learned = [], heldOut = [];
        for (var i = 0; i < corpus.Firsts.Count; i++)
            (((StableHash.Mix(salt + (ulong)i) >> 11) * (1.0 / (1UL << 53)) < HeldOutPairRate) ? heldOut : learned).Add(i);
        (_pairs, HeldOutPairs) = ([.. learned], [.. heldOut]);
        HeldOutTexts = [.. Enumerable.Range(0, _texts.Length).Where(i => corpus.IsHeldOut[i] && _texts[i].Length > 0).Select(i => TokenSequence.Of(vocabulary, _texts[i], maximumTokens + 2))];
    }

    /// <summary>Texts that the loss is measured on.</summary>
    public TokenSequence[] HeldOutTexts { get; }

    /// <summary>Pairs that the next sentence is judged on.</summary>
    public int[] HeldOutPairs { get; }

    /// <summary>Training texts as tokens.</summary>
    public IEnumerable<int[]> TrainingTexts => _alone.Select(i => _texts[i]);

    /// <summary>Batches of an epoch: sequences and, for each, whether the second text follows (0), does not (1), or there is none (−1).</summary>
    public IEnumerable<(TokenSequence[] Sequences, long[] Next)> Epoch(int epoch, int batchTokens)
    {
        var count = _alone.Length + _pairs.Length;
        var seconds = new int[_pairs.Length];
        var isNext = new bool[_pairs.Length];
        var random = _seed.For("next sentences", epoch).NewRandom();
        for (var i = 0; i < _pairs.Length; i++)
        {
            isNext[i] = random.NextDouble() < 0.5;
            seconds[i] = isNext[i] ? _corpus.Seconds[_pairs[i]] : AnotherSecond(_pairs[i], random);
        }

        var lengths = new int[count];
        for (var i = 0; i < _alone.Length; i++) lengths[i] = _texts[_alone[i]].Length + 2;
        for (var i = 0; i < _pairs.Length; i++)
            lengths[_alone.Length + i] = _texts[_corpus.Firsts[_pairs[i]]].Length + _texts[seconds[i]].Length + 3;
        foreach (var batch in BatchPlan.Of(lengths, batchTokens, int.MaxValue, _seed.For("order", epoch)))
        {
            var sequences = new TokenSequence[batch.Length];
            var next = new long[batch.Length];
            for (var row = 0; row < batch.Length; row++)
            {
                var at = batch[row] - _alone.Length;
                (sequences[row], next[row]) = at < 0
                    ? (TokenSequence.Of(_vocabulary, _texts[_alone[batch[row]]], _maximumTokens + 2), -1L)
                    : (Pair(_corpus.Firsts[_pairs[at]], seconds[at]), isNext[at] ? 0L : 1L);
            }

            yield return (sequences, next);
        }
    }

    /// <summary>A held-out pair as it was, and with another second product.</summary>
    public (TokenSequence True, TokenSequence Other) HeldOutPair(int pair, SeededRandom random) =>
        (Pair(_corpus.Firsts[pair], _corpus.Seconds[pair]), Pair(_corpus.Firsts[pair], AnotherSecond(pair, random)));

    private TokenSequence Pair(int first, int second) => TokenSequence.Of(_vocabulary, _texts[first], _texts[second], (2 * _maximumTokens) + 3);

    private int AnotherSecond(int pair, SeededRandom random)
    {
        // A few tries: in a shop of one pair there is no other.
        for (var i = 0; i < 8; i++)
        {
            var other = _corpus.Seconds[random.NextInt(_corpus.Seconds.Count)];
            if (other != _corpus.Seconds[pair] && other != _corpus.Firsts[pair]) return other;
        }

        return _alone[random.NextInt(_alone.Length)];
    }
}
