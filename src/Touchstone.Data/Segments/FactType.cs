namespace Touchstone.Data.Segments;

/// <summary>How a column of a fact is stored. The names stand in segment headers: never rename one.</summary>
public enum FactType
{
    /// <summary>Unicode text, stored as UTF-8.</summary>
    Text,

    /// <summary>Whole number of 64 bits.</summary>
    Whole,

    /// <summary>Exact decimal with its own scale.</summary>
    Exact,

    /// <summary>IEEE double.</summary>
    Real,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Point in time, UTC, in steps of 100 ns.</summary>
    Time,
}
