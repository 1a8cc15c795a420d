namespace Touchstone.Recommendation.ItemToItem;

/// <summary>How alike two products are by who took them.</summary>
public enum SimilarityKind
{
    /// <summary>X_a·X_b / (|X_a||X_b| + shrinkage).</summary>
    Cosine,

    /// <summary>Units with both / (units with either + shrinkage); values don't count.</summary>
    Jaccard,
}
