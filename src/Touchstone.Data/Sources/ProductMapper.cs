using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Turns rows of one file into products.</summary>
internal sealed class ProductMapper
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _attributes = new();
    private readonly SourceFile _file;
    private readonly ShopConfiguration _shop;
    private readonly SourceDefinition _source;
    private readonly FieldReader _fields;
    private readonly ColumnMap _map;
    private readonly string? _currency;
    private readonly int _id, _variant, _locale, _title, _brand, _category, _description, _price, _unitCost, _currencyColumn, _available, _validFrom;

    public ProductMapper(RowReader reader, SourceFile file, SourceDefinition source, ShopConfiguration shop, TimeZoneInfo zone)
    {
        (_file, _source, _shop) = (file, source, shop);
        _fields = new FieldReader(source, zone);
        _currency = shop.Currency.Length > 0 ? shop.Currency : null;
        _map = new ColumnMap(reader, file, source, shop, SourceFields.Catalogue);
        _map.Require("which product it is", "id");
        (_id, _variant, _locale, _title, _brand, _category) = (_map["id"], _map["variant"], _map["locale"], _map["title"], _map["brand"], _map["category"]);
        (_description, _price, _unitCost, _currencyColumn) = (_map["description"], _map["price"], _map["unit_cost"], _map["currency"]);
        (_available, _validFrom) = (_map["available"], _map["valid_from"]);
    }

    /// <summary>The row as a product; what cannot be read stands in its account.</summary>
    public Product Map(RowReader row)
    {
        if (row.Fault is { } fault)
            return new Product { Site = _shop.Site, Source = _file.Name, Line = row.LineNumber, Unreadable = "row=" + fault };
        var hasMoney = _price >= 0 || _unitCost >= 0;
        return new Product
        {
            Site = _shop.Site,
            Id = _fields.Text(row, _id),
            Variant = _fields.Text(row, _variant),
            Locale = _fields.Text(row, _locale) ?? (_title >= 0 || _description >= 0 ? _shop.Locale : null),
            Title = _fields.Text(row, _title),
            Brand = _fields.Text(row, _brand),
            Category = Category(row),
            Description = _fields.Text(row, _description),
            Price = _fields.Amount(row, _price, "price"),
            UnitCost = _fields.Amount(row, _unitCost, "unit_cost"),
            Currency = _fields.Text(row, _currencyColumn) ?? (hasMoney ? _currency : null),
            IsAvailable = _fields.Flag(row, _available, "available"),
            ValidFrom = _fields.Time(row, _validFrom, -1, "valid_from", out _),
            Attributes = Attributes(row),
            Source = _file.Name,
            Line = row.LineNumber,
            Unreadable = _fields.TakeUnreadable(),
        };
    }

    private string? Category(RowReader row)
    {
        var text = _fields.Text(row, _category);
        if (text is null || _source.CategorySeparator.Length == 0) return text;
        return string.Join(" > ", text.Split(_source.CategorySeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private string? Attributes(RowReader row)
    {
        if (_map.Attributes.Count == 0) return null;
        _attributes.ResetWrittenCount();
        var count = 0;
        using (var json = new Utf8JsonWriter(_attributes, s_json))
        {
            json.WriteStartObject();
            foreach (var (name, column) in _map.Attributes)
            {
                if (!_fields.TrySpan(row, column, out var text)) continue;
                json.WriteString(name, text);
                count++;
            }

            json.WriteEndObject();
        }

        return count == 0 ? null : Encoding.UTF8.GetString(_attributes.WrittenSpan);
    }
}
