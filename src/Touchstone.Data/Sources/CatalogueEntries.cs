using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>Merges catalogue rows to one entry a product: by language the first text that is not empty; the latest price.</summary>
public static class CatalogueEntries
{
    /// <summary>Entries by id (ordinal UTF-8); rows without an id are left out and counted.</summary>
    /// <param name="rows">Rows as received.</param>
    /// <param name="locale">Locale of rows that state none; its text stands first.</param>
    /// <param name="withoutId">Rows left out.</param>
    public static IReadOnlyList<CatalogueEntry> From(IEnumerable<Product> rows, string locale, out long withoutId)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(locale);
        withoutId = 0;
        var drafts = new SortedDictionary<string, Draft>(Utf8Ordinal.Comparer);
        foreach (var row in rows)
        {
            if (row.Id is not { Length: > 0 } id)
            {
                withoutId++;
                continue;
            }

            if (!drafts.TryGetValue(id, out var draft)) drafts.Add(id, draft = new Draft());
            draft.Take(row, locale);
        }

        return [.. drafts.Select(pair => pair.Value.Entry(pair.Key, locale))];
    }

    /// <summary>Attributes of a row as text by name.</summary>
    internal static SortedDictionary<string, string> Attributes(string? json)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (json is null) return attributes;
        using var document = JsonDocument.Parse(json);
        foreach (var field in document.RootElement.EnumerateObject()) attributes[field.Name] = field.Value.ToString();
        return attributes;
    }

    /// <summary>The catalogue's own locale first, the others by name.</summary>
    internal static IReadOnlyList<CatalogueText> InOrder(IEnumerable<CatalogueText> texts, string locale) =>
        [.. texts.OrderBy(text => text.Locale.Equals(locale, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenBy(text => text.Locale, StringComparer.Ordinal)];

    private sealed class Draft
    {
        private readonly SortedDictionary<string, CatalogueText> _texts = new(StringComparer.Ordinal);
        private SortedDictionary<string, string> _attributes = new(StringComparer.Ordinal);
        private decimal? _price;
        private DateTime _since = DateTime.MinValue;

        public void Take(Product row, string locale)
        {
            var key = row.Locale ?? locale;
            var had = _texts.GetValueOrDefault(key) ?? new CatalogueText(key, "", "", "", "");
            _texts[key] = new CatalogueText(key, First(had.Title, row.Title), First(had.Brand, row.Brand), First(had.Category, row.Category), First(had.Description, row.Description));
            if (_attributes.Count == 0) _attributes = Attributes(row.Attributes);
            if (row.Price is not { } price || (row.ValidFrom ?? DateTime.MinValue) < _since) return;
            (_price, _since) = (price, row.ValidFrom ?? DateTime.MinValue);
        }

        public CatalogueEntry Entry(string id, string locale) => new()
        {
            Id = id,
            Texts = InOrder(_texts.Values, locale),
            Price = _price is { } price ? (double)price : double.NaN,
            Attributes = _attributes,
        };

        private static string First(string had, string? has) => had.Length > 0 ? had : has ?? "";
    }
}
