namespace Touchstone.Domain;

/// <summary>A logging and a judged policy in a world whose every expected reward is known: what off-policy estimates are held against.</summary>
public sealed record KnownBandit
{
    /// <summary>[context] how often it comes, summing to 1.</summary>
    public required double[] ContextShares { get; init; }

    /// <summary>[context][entry] actions of the context; the columns below stand beside them.</summary>
    public required int[][] Actions { get; init; }

    /// <summary>[context][entry] probability that the logging policy chooses the action, above 0.</summary>
    public required double[][] Logging { get; init; }

    /// <summary>[context][entry] probability that the judged policy chooses it.</summary>
    public required double[][] Target { get; init; }

    /// <summary>[context][entry] probability of the reward 1; otherwise the reward is 0.</summary>
    public required double[][] RewardProbabilities { get; init; }

    /// <summary>Expected reward a round of the judged policy.</summary>
    public double TargetValue
    {
        get
        {
            var value = 0.0;
            for (var context = 0; context < ContextShares.Length; context++)
                for (var entry = 0; entry < Actions[context].Length; entry++)
                    value += ContextShares[context] * Target[context][entry] * RewardProbabilities[context][entry];
            return value;
        }
    }
}
