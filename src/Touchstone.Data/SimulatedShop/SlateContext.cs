namespace Touchstone.Data.SimulatedShop;

/// <summary>One situation in which the logging policy shows slates: a surface, a month and, but on the home page, a leaf category.</summary>
internal sealed class SlateContext
{
    private double[]? _marginals;

    /// <summary>Makes a context from what its policy knows.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="leaf">The leaf, -1 on the home page.</param>
    /// <param name="month">Month of the log.</param>
    /// <param name="candidates">Eligible products, ascending.</param>
    /// <param name="scores">[candidate] scores that the policy sampled by.</param>
    public SlateContext(Surface surface, int leaf, int month, int[] candidates, double[] scores)
    {
        (Surface, Leaf, Month, Candidates, Scores) = (surface, leaf, month, candidates, scores);
        Weights = [.. scores.Select(score => Math.Exp(Math.Max(-2, score)))];
        Table = new AliasTable(Weights);
    }

    /// <summary>Where.</summary>
    public Surface Surface { get; }

    /// <summary>The leaf, -1 on the home page.</summary>
    public int Leaf { get; }

    /// <summary>Month of the log.</summary>
    public int Month { get; }

    /// <summary>Eligible products, ascending.</summary>
    public int[] Candidates { get; }

    /// <summary>[candidate] the policy's scores.</summary>
    public double[] Scores { get; }

    /// <summary>[candidate] the policy's weights.</summary>
    public double[] Weights { get; }

    /// <summary>The weights, prepared for draws.</summary>
    public AliasTable Table { get; }

    /// <summary>[candidate, position] marginal propensities, worked out when first asked for.</summary>
    public double[] Marginals => LazyInitializer.EnsureInitialized(ref _marginals, () => PlackettLuce.Marginal(Weights, LoggingPolicy.SlateLength));
}
