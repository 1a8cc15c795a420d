namespace Touchstone.Learning.Pretraining;

/// <summary>What a guesser reaches that knows only how often each token occurs in the training texts (add-one smoothing).</summary>
internal sealed class UnigramBaseline
{
    private readonly double[] _losses;

    /// <summary>Counts.</summary>
    /// <param name="texts">Training texts as tokens.</param>
    /// <param name="vocabularySize">Tokens there are.</param>
    public UnigramBaseline(IEnumerable<int[]> texts, int vocabularySize)
    {
        _losses = new double[vocabularySize];
        long total = vocabularySize;
        Array.Fill(_losses, 1);
        foreach (var text in texts)
        {
            foreach (var token in text) _losses[token]++;
            total += text.Length;
        }

        for (var i = 0; i < _losses.Length; i++) _losses[i] = Math.Log(total / _losses[i]);
    }

    /// <summary>Loss of a token in nats.</summary>
    public double LossOf(long token) => _losses[token];
}
