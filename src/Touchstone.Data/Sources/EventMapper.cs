using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Turns rows of one file into interactions.</summary>
internal sealed class EventMapper
{
    private readonly SourceFile _file;
    private readonly ShopConfiguration _shop;
    private readonly SourceDefinition _source;
    private readonly ShopperHash? _hash;
    private readonly FieldReader _fields;
    private readonly InteractionKind _kind;
    private readonly string? _currency;
    private readonly Dictionary<string, InteractionKind>.AlternateLookup<ReadOnlySpan<char>> _kinds;
    private readonly int _eventId, _kindColumn, _shopper, _client, _session, _product, _variant, _time, _timeOffset, _received, _ordinal, _order;
    private readonly int _quantity, _unitPrice, _lineTotal, _discount, _tax, _taxIncluded, _shipping, _unitCost, _currencyColumn, _refundOf, _rating;
    private readonly int _query, _slate, _consent, _returnColumn;

    public EventMapper(RowReader reader, SourceFile file, SourceDefinition source, ShopConfiguration shop, ShopperHash? hash, TimeZoneInfo zone)
    {
        (_file, _source, _shop, _hash) = (file, source, shop, hash);
        _fields = new FieldReader(source, zone);
        _kinds = new Dictionary<string, InteractionKind>(source.Kinds, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _currency = shop.Currency.Length > 0 ? shop.Currency : null;
        var map = new ColumnMap(reader, file, source, shop, SourceFields.Events);
        if (source.Kind != InteractionKind.Search) map.Require("which product it is about", "product", "query");
        map.Require("who did it", "shopper", "session", "client");
        (_eventId, _kindColumn, _shopper, _client, _session) = (map["event_id"], map["kind"], map["shopper"], map["client"], map["session"]);
        (_product, _variant, _time, _timeOffset, _received) = (map["product"], map["variant"], map["time"], map["time_offset_ms"], map["received"]);
        (_ordinal, _order, _quantity, _unitPrice, _lineTotal) = (map["ordinal"], map["order"], map["quantity"], map["unit_price"], map["line_total"]);
        (_discount, _tax, _taxIncluded, _shipping, _unitCost) = (map["discount"], map["tax"], map["tax_included"], map["shipping"], map["unit_cost"]);
        (_currencyColumn, _refundOf, _rating, _query, _slate) = (map["currency"], map["refund_of"], map["rating"], map["query"], map["slate"]);
        (_consent, _returnColumn) = (map["consent"], map.ReturnColumn);
        _kind = source.Kind ?? (_order >= 0 ? InteractionKind.Purchase : _rating >= 0 ? InteractionKind.Rating : InteractionKind.View);
    }

    /// <summary>The row as an interaction; what cannot be read stands in its account.</summary>
    public Interaction Map(RowReader row)
    {
        if (row.Fault is { } fault)
            return new Interaction { Site = _shop.Site, Kind = _kind, Source = _file.Name, Line = row.LineNumber, Unreadable = "row=" + fault };
        var kind = Kind(row);
        var occurredAt = _fields.Time(row, _time, _timeOffset, "time", out var offsetMinutes);
        var quantity = _fields.Number(row, _quantity, "quantity");
        var unitPrice = UnitPrice(row, quantity);
        var hasMoney = _unitPrice >= 0 || _lineTotal >= 0;
        return new Interaction
        {
            Site = _shop.Site,
            EventId = _fields.Text(row, _eventId),
            Kind = kind,
            Shopper = Person(row, _shopper),
            Client = Person(row, _client),
            Session = _fields.Text(row, _session),
            Product = _fields.Text(row, _product),
            Variant = _fields.Text(row, _variant),
            OccurredAt = occurredAt,
            OffsetMinutes = offsetMinutes,
            ReceivedAt = _fields.Time(row, _received, -1, "received", out _),
            Ordinal = _fields.Whole(row, _ordinal, "ordinal"),
            Order = _fields.Text(row, _order),
            Quantity = quantity,
            UnitPrice = unitPrice,
            Discount = _fields.Amount(row, _discount, "discount"),
            Tax = _fields.Amount(row, _tax, "tax"),
            TaxIncluded = _fields.Flag(row, _taxIncluded, "tax_included"),
            Shipping = _fields.Amount(row, _shipping, "shipping"),
            UnitCost = _fields.Amount(row, _unitCost, "unit_cost"),
            Currency = _fields.Text(row, _currencyColumn) ?? (hasMoney ? _currency : null),
            RefundOf = _fields.Text(row, _refundOf),
            Rating = _fields.Number(row, _rating, "rating"),
            Query = _fields.Text(row, _query),
            Slate = _fields.Text(row, _slate),
            Consent = _fields.Flag(row, _consent, "consent"),
            Source = _file.Name,
            Line = row.LineNumber,
            Unreadable = _fields.TakeUnreadable(),
        };
    }

    private InteractionKind Kind(RowReader row)
    {
        var kind = _kind;
        if (_fields.TrySpan(row, _kindColumn, out var word) && !_kinds.TryGetValue(word, out kind) && !EventKinds.TryFind(word.Trim(), out kind))
        {
            _fields.Note("kind", word);
            kind = _kind;
        }

        var isReturn = _source.ReturnWhen is { } rule && _fields.TrySpan(row, _returnColumn, out var mark) && mark.StartsWith(rule.StartsWith, StringComparison.Ordinal);
        return isReturn ? InteractionKind.Return : kind;
    }

    private string? Person(RowReader row, int column) => _fields.Text(row, column) is { } id ? _hash is null ? id : _hash.Of(id) : null;

    // A line total gives the unit price where the source has none; without a quantity the line counts as one unit.
    private decimal? UnitPrice(RowReader row, decimal? quantity)
    {
        if (_fields.Amount(row, _unitPrice, "unit_price") is { } price) return price;
        if (_fields.Amount(row, _lineTotal, "line_total") is not { } total) return null;
        if (quantity is null && _quantity < 0) return total;
        if (quantity is not null and not 0) return total / quantity;
        if (_fields.TrySpan(row, _lineTotal, out var text)) _fields.Note("line_total", text, "there is no quantity to divide it by");
        return null;
    }
}
