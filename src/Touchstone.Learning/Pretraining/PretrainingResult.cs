namespace Touchstone.Learning.Pretraining;

/// <summary>What a pretraining reached, on texts and pairs that it did not learn from.</summary>
public sealed record PretrainingResult
{
    /// <summary>Steps made.</summary>
    public required long Steps { get; init; }

    /// <summary>Tokens read, padding left out.</summary>
    public required long Tokens { get; init; }

    /// <summary>Numbers in the network.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Masked tokens that the loss was measured on.</summary>
    public required long HeldOutTokens { get; init; }

    /// <summary>Mean loss of these, nats.</summary>
    public required double HeldOutLoss { get; init; }

    /// <summary>Mean loss of these under token frequencies alone, nats.</summary>
    public required double UnigramLoss { get; init; }

    /// <summary>Share of held-out pairs whose next product was told from a random one; NaN where there is no behaviour.</summary>
    public required double NextSentenceAccuracy { get; init; }

    /// <summary>Tokens a second, of the process that ended the training.</summary>
    public required double TokensASecond { get; init; }

    /// <summary>exp(loss): as unsure as between so many tokens.</summary>
    public double Perplexity => Math.Exp(HeldOutLoss);

    /// <summary>exp(loss) under token frequencies alone.</summary>
    public double UnigramPerplexity => Math.Exp(UnigramLoss);
}
