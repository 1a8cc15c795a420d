namespace Touchstone.Domain;

/// <summary>A shop's behaviour, slates and requests as columns: what indicators are computed from.</summary>
public sealed record ShopLog
{
    /// <summary>Units: shoppers, or sessions of nobody known; every row belongs to one.</summary>
    public required int UnitCount { get; init; }

    /// <summary>Sessions with any row.</summary>
    public required int SessionCount { get; init; }

    /// <summary>Slates with any row.</summary>
    public int SlateCount { get; init; }

    /// <summary>Orders.</summary>
    public int OrderCount { get; init; }

    /// <summary>[product] index of its category, -1 where unknown; as many as the catalogue and the log have products.</summary>
    public required int[] Categories { get; init; }

    /// <summary>[session] its unit.</summary>
    public required int[] SessionUnits { get; init; }

    /// <summary>[event] what was done; events are sorted by session, then time, then row.</summary>
    public required InteractionKind[] Kinds { get; init; }

    /// <summary>[event] unit.</summary>
    public required int[] Units { get; init; }

    /// <summary>[event] session, -1 where none is known (returns mostly).</summary>
    public required int[] Sessions { get; init; }

    /// <summary>[event] product, -1 where it has none.</summary>
    public required int[] Products { get; init; }

    /// <summary>[event] when, ms since 1970 UTC; <see cref="long.MinValue"/> where unknown.</summary>
    public required long[] AtMs { get; init; }

    /// <summary>[event] revenue of an order line (of what comes back on a return, positive), reporting currency; NaN where unknown.</summary>
    public required double[] Revenues { get; init; }

    /// <summary>[event] margin of an order line, reporting currency; NaN where unknown.</summary>
    public required double[] Margins { get; init; }

    /// <summary>[event] order, -1 where none.</summary>
    public required int[] Orders { get; init; }

    /// <summary>[event] slate that led here, -1 where none or one that is not in the log.</summary>
    public required int[] Slates { get; init; }

    /// <summary>[event] words searched for, numbered; -1 where it is no search.</summary>
    public required int[] Queries { get; init; }

    /// <summary>[event] rating; NaN where it is none.</summary>
    public required double[] Ratings { get; init; }

    /// <summary>[exposure] slate; exposures are sorted by slate, then rank. Empty where no slates are logged.</summary>
    public int[] ExposureSlates { get; init; } = [];

    /// <summary>[exposure] product.</summary>
    public int[] ExposureProducts { get; init; } = [];

    /// <summary>[exposure] position from 1.</summary>
    public int[] ExposureRanks { get; init; } = [];

    /// <summary>[exposure] whether it was seen; empty where not measured.</summary>
    public bool[] IsViewed { get; init; } = [];

    /// <summary>[slate] session, -1 where unknown.</summary>
    public int[] SlateSessions { get; init; } = [];

    /// <summary>[slate] unit.</summary>
    public int[] SlateUnits { get; init; } = [];

    /// <summary>[slate] when it was served, ms since 1970 UTC.</summary>
    public long[] SlateAtMs { get; init; } = [];

    /// <summary>[search] unit of a search whose number of results is logged; empty where no such log is.</summary>
    public int[] SearchUnits { get; init; } = [];

    /// <summary>[search] products found.</summary>
    public int[] SearchResults { get; init; } = [];

    /// <summary>[request] duration in milliseconds; empty where no requests are logged.</summary>
    public double[] RequestMs { get; init; } = [];

    /// <summary>[request] whether it failed; empty where not logged.</summary>
    public bool[] IsRequestFailed { get; init; } = [];

    /// <summary>[request] when, ms since 1970 UTC; empty where not logged.</summary>
    public long[] RequestAtMs { get; init; } = [];
}
