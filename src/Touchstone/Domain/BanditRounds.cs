namespace Touchstone.Domain;

/// <summary>
/// A block of rounds of a log, as columns: in a round the log saw a context, chose one action with a known probability, and earned a reward.
/// Logs come in blocks, so that one of any length takes the memory of a block.
/// </summary>
public sealed record BanditRounds
{
    /// <summary>[round] what was earned, in the rewards' own unit.</summary>
    public required double[] Rewards { get; init; }

    /// <summary>[round] probability with which the log chose its action, in (0, 1].</summary>
    public required double[] Propensities { get; init; }

    /// <summary>[round] probability with which the judged policy would have chosen it, in [0, 1].</summary>
    public required double[] Targets { get; init; }

    /// <summary>[round] index of the context among the log's contexts; empty where no reward model is fitted.</summary>
    public int[] Contexts { get; init; } = [];

    /// <summary>[round] index of the action that the log chose; empty where no reward model is fitted.</summary>
    public int[] Actions { get; init; } = [];

    /// <summary>[round] reward that a model expects of the logged action; empty where the log brings no model.</summary>
    public double[] ModelledRewards { get; init; } = [];

    /// <summary>[round] reward that the model expects under the judged policy, Σₐ π(a|x) q(x, a); empty where the log brings no model.</summary>
    public double[] ModelledValues { get; init; } = [];

    /// <summary>[round] weight of the action's category, p(c|x, target) / p(c|x, log); empty where there are none.</summary>
    public double[] CategoryWeights { get; init; } = [];

    /// <summary>
    /// [round] index of whose round it is, mostly a shopper's: rounds of one are not independent. Numbered from 0 as they first come in the log; empty where
    /// each round stands for itself.
    /// </summary>
    public int[] Clusters { get; init; } = [];

    /// <summary>Index of the block's first round in the log, from 0.</summary>
    public long FirstRound { get; init; }

    /// <summary>Rounds in the block.</summary>
    public int Count => Rewards.Length;
}
