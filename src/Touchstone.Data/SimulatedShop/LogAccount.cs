using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>What the log's files hold, counted as they are written: the answer that a reader's account must give.</summary>
internal sealed class LogAccount
{
    private readonly int[] _rows = new int[Enum.GetValues<InteractionKind>().Length];

    /// <summary>Lines written twice, counted once each.</summary>
    public int DuplicateLines { get; private set; }

    /// <summary>View rows (duplicates not counted) without their product.</summary>
    public int RowsWithoutProduct { get; private set; }

    /// <summary>Revenue of all purchase lines net of discount, hundredths, duplicates not counted.</summary>
    public long RevenueCents { get; private set; }

    /// <summary>Margin of all purchase lines, hundredths, duplicates not counted.</summary>
    public long MarginCents { get; private set; }

    /// <summary>Revenue that was paid back, hundredths, duplicates not counted.</summary>
    public long ReturnedRevenueCents { get; private set; }

    /// <summary>Margin lost by returns, hundredths, duplicates not counted.</summary>
    public long ReturnedMarginCents { get; private set; }

    /// <summary>Rows of a kind, duplicates not counted.</summary>
    public int Rows(InteractionKind kind) => _rows[(int)kind];

    /// <summary>Counts one row.</summary>
    public void Add(LogRow row, Catalogue catalogue, bool isBare, bool isTwice)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        _rows[(int)row.Kind]++;
        if (isTwice) DuplicateLines++;
        if (isBare) RowsWithoutProduct++;
        if (row.Kind == InteractionKind.Purchase)
        {
            RevenueCents += row.Line.RevenueCents;
            MarginCents += row.Line.MarginCents;
        }
        else if (row.Kind == InteractionKind.Return)
        {
            ReturnedRevenueCents += row.Line.RevenueCents;
            ReturnedMarginCents += row.Line.MarginCents;
        }
    }
}
