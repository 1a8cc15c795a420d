namespace Touchstone.Evaluation.Interleaving;

/// <summary>Who wins one interleaved list.</summary>
public enum InterleavingWinner
{
    /// <summary>The first ranking.</summary>
    First,

    /// <summary>The second ranking.</summary>
    Second,

    /// <summary>Neither: clicks in balance, or none.</summary>
    Tie,
}
