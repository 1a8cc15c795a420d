namespace Touchstone.Data.Cleaning;

/// <summary>What becomes of a row.</summary>
public enum CleaningOutcome
{
    /// <summary>Learned from and judged.</summary>
    Keep,

    /// <summary>Says something of its product, but belongs to nobody's history: kept apart, not learned from.</summary>
    ProductsOnly,

    /// <summary>Set aside with its rule.</summary>
    Reject,

    /// <summary>The same row as one that is kept: counted once.</summary>
    Merge,
}
