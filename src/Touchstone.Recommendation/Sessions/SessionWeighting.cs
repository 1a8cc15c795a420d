namespace Touchstone.Recommendation.Sessions;

/// <summary>How much the products of the current session count when neighbours are sought.</summary>
public enum SessionWeighting
{
    /// <summary>Position / length: the linear decay of V-SkNN.</summary>
    Linear,

    /// <summary>(Position / length)².</summary>
    Quadratic,

    /// <summary>1 / (steps back + 1).</summary>
    Harmonic,

    /// <summary>1 for all.</summary>
    Same,
}
