namespace Touchstone.Domain;

/// <summary>Slates of a log as columns; slot columns hold all slots of the first slate, then all of the second, in the order shown.</summary>
public sealed record SlateRounds
{
    /// <summary>[slate + 1] where each slate's slots begin; the last entry is the count of slots.</summary>
    public required int[] Starts { get; init; }

    /// <summary>[slot] what the slot earned.</summary>
    public required double[] Rewards { get; init; }

    /// <summary>[slot] probability of the slot's own action, whatever stands elsewhere, under the log, in (0, 1]; empty where not logged.</summary>
    public double[] SlotPropensities { get; init; } = [];

    /// <summary>[slot] the same under the judged policy, in [0, 1].</summary>
    public double[] SlotTargets { get; init; } = [];

    /// <summary>[slot] probability of the slate down to this slot under the log, in (0, 1]; empty where not logged.</summary>
    public double[] PrefixPropensities { get; init; } = [];

    /// <summary>[slot] the same under the judged policy, in [0, 1].</summary>
    public double[] PrefixTargets { get; init; } = [];

    /// <summary>[slot] reward that a model expects of the slot's action; empty without a model.</summary>
    public double[] ModelledRewards { get; init; } = [];

    /// <summary>[slot] reward that the model expects of the slot under the judged policy, given the slots above; empty without a model.</summary>
    public double[] ModelledValues { get; init; } = [];

    /// <summary>[slate] pseudo-inverse weights from the whole distributions; empty to use those of policies that fill slots independently.</summary>
    public double[] PseudoInverseWeights { get; init; } = [];

    /// <summary>[slate] index of whose slate it is, mostly a shopper's, numbered from 0 as they first come; empty where each slate stands for itself.</summary>
    public int[] Clusters { get; init; } = [];

    /// <summary>What speaks against trusting the log, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Slates.</summary>
    public int Count => Starts.Length - 1;
}
