namespace Touchstone.Applications.Storefront;

/// <summary>Why a storefront does not answer.</summary>
public enum RefusalKind
{
    /// <summary>The shop has no such product.</summary>
    UnknownProduct,

    /// <summary>The workspace has no such model.</summary>
    UnknownModel,

    /// <summary>The model's verdict does not admit it, or it has none.</summary>
    NotAdmitted,

    /// <summary>The model is admitted, and cannot be loaded.</summary>
    Unloadable,

    /// <summary>There is nothing to recommend with.</summary>
    NoModels,

    /// <summary>There is nothing to search in.</summary>
    NoIndex,

    /// <summary>The words, filters or facets cannot be used.</summary>
    UnusableRequest,
}

/// <summary>Expected trouble with a request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Problem">What is wrong and how to mend it.</param>
public sealed record Refusal(RefusalKind Kind, string Problem);
