namespace Touchstone.Domain;

/// <summary>Units of one arm on their way out of the engine: blocks of one arm follow each other, in the order of the units' own values, so that the same units come in the same blocks.</summary>
/// <param name="Variant">The arm.</param>
/// <param name="Columns">[column][unit] values, columns in the order of the moments' names; only the first <paramref name="Count"/> units count, and the arrays serve the next block again.</param>
/// <param name="Count">Units; <see cref="Length"/> in all blocks of an arm but its last.</param>
public readonly record struct UnitBlock(string Variant, IReadOnlyList<double[]> Columns, int Count)
{
    /// <summary>Units of a full block.</summary>
    public const int Length = 1 << 15;
}
