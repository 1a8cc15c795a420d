using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Writes the event log, a gzipped CSV a month (local time), with a little dirt of known amount.</summary>
internal sealed class EventWriter(Market market, SimulatedShopOptions options, LogCollector log)
{
    private const string Header = "event_id,kind,shopper,session,product,time,order,quantity,unit_price,discount,unit_cost,refund_of,query,slate";

    private readonly ulong _dirt = options.Seed.For("simulated-shop/dirt").Value;
    private readonly CsvLine _line = new();

    /// <summary>What was written.</summary>
    public LogAccount Account { get; } = new();

    /// <summary>Writes the files.</summary>
    public void Write(string folder, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var rows = log.Rows.ToArray();
        Array.Sort(rows, static (left, right) =>
        {
            var byTime = left.AtMs.CompareTo(right.AtMs);
            if (byTime != 0) return byTime;
            var byShopper = left.Shopper.CompareTo(right.Shopper);
            return byShopper != 0 ? byShopper : left.Sequence.CompareTo(right.Sequence);
        });
        StreamWriter? writer = null;
        try
        {
            var month = "";
            for (var i = 0; i < rows.Length; i++)
            {
                var time = Calendar.Iso(rows[i].AtMs);
                if (!time.AsSpan(0, 7).SequenceEqual(month))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report((double)i / rows.Length);
                    writer?.Dispose();
                    month = time[..7];
                    writer = GzipText.Create(Path.Combine(folder, $"events-{month}.csv.gz"));
                    writer.WriteLine(Header);
                }

                Write(writer ?? throw new InvalidOperationException("No file is open."), rows[i], time, (ulong)i);
            }
        }
        finally
        {
            writer?.Dispose();
        }
    }

    private void Write(StreamWriter writer, LogRow row, string time, ulong number)
    {
        // Only views lose their product: what was bought stays true to the world.
        var isBare = row.Kind == InteractionKind.View && ShopperRandom.Uniform(_dirt, 2 * number) < options.DirtRate;
        var isTwice = ShopperRandom.Uniform(_dirt, (2 * number) + 1) < options.DirtRate;
        var line = Text(row, time, isBare);
        writer.WriteLine(line);
        if (isTwice) writer.WriteLine(line);
        Account.Add(row, market.Catalogue, isBare, isTwice);
    }

    private string Text(LogRow row, string time, bool isBare)
    {
        var hasLine = row.Kind is InteractionKind.Purchase or InteractionKind.Return;
        _line.Add(Ids.Event(options.Seed, row.AtMs, row.Shopper, row.Sequence)).Add(KindName(row.Kind)).Add(Ids.Shopper(row.Shopper))
            .Add(row.Kind == InteractionKind.Return ? null : Ids.Session(row.Shopper, row.Session))
            .Add(row.Product >= 0 && !isBare ? market.Catalogue.Table.Ids[row.Product] : null).Add(time);
        if (hasLine)
        {
            _line.Add(Ids.Order(row.Shopper, row.Line.Order)).Add(row.Line.Quantity).AddCents(market.Catalogue.PriceCents[row.Product])
                .AddCents(row.Line.DiscountCents).AddCents(market.Catalogue.CostCents[row.Product]);
        }
        else
        {
            _line.Add(null).Add(null).Add(null).Add(null).Add(null);
        }

        _line.Add(row.RefundedAtMs > 0 ? Ids.Event(options.Seed, row.RefundedAtMs, row.Shopper, row.RefundedSequence) : null).Add(row.Query);
        if (row.Slate >= 0)
        {
            var slate = log.Slates[row.Slate];
            _line.Add(Ids.Slate(options.Seed, slate.AtMs, slate.Shopper, slate.Sequence));
        }
        else
        {
            _line.Add(null);
        }

        return _line.Take();
    }

    private static string KindName(InteractionKind kind) => kind switch
    {
        InteractionKind.View => "view",
        InteractionKind.Cart => "cart",
        InteractionKind.Purchase => "purchase",
        InteractionKind.Return => "return",
        InteractionKind.Search => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The simulated shop has no such events."),
    };
}
