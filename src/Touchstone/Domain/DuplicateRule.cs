namespace Touchstone.Domain;

/// <summary>What to do with a document that stands twice for one query.</summary>
public enum DuplicateRule
{
    /// <summary>Refuse the ranking.</summary>
    Strict,

    /// <summary>Keep the first copy and close the gap.</summary>
    KeepFirst,
}
