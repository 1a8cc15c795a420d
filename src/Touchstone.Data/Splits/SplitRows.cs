using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>Rows to be split, as columns, grouped by unit, oldest first within the unit.</summary>
internal sealed class SplitRows
{
    /// <summary>A time that is not known.</summary>
    public const long NoTime = long.MinValue;

    public required List<string> Units { get; init; }

    /// <summary>[unit + 1]</summary>
    public required List<int> Offsets { get; init; }

    public required List<string> Products { get; init; }

    /// <summary>[row] ms since 1970 UTC, or <see cref="NoTime"/>.</summary>
    public required List<long> TimesMs { get; init; }

    /// <summary>[row] number within the unit, or -1.</summary>
    public required List<int> Sessions { get; init; }

    /// <summary>[row] NaN where unknown.</summary>
    public required List<double> Quantities { get; init; }

    /// <summary>[row] NaN where unknown.</summary>
    public required List<double> Revenues { get; init; }

    /// <summary>[row] NaN where unknown.</summary>
    public required List<double> Margins { get; init; }

    public required int RowsAtListPrice { get; init; }

    public required int RowsWithAssumedMargin { get; init; }

    public int Count => Products.Count;

    /// <summary>[row] the part, null for a row in none; all rows train at first.</summary>
    public SplitPart?[] NewParts()
    {
        var parts = new SplitPart?[Count];
        Array.Fill(parts, SplitPart.Train);
        return parts;
    }
}
