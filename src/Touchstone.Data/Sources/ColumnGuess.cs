namespace Touchstone.Data.Sources;

/// <summary>Guesses which column is which field from the names.</summary>
internal static class ColumnGuess
{
    private static readonly string[] s_currencies = ["usd", "eur", "gbp", "chf", "jpy", "cny", "sek", "nok", "dkk", "pln", "cad", "aud", "inr", "brl"];
    private static readonly string[] s_endings = ["productid", "itemid", "userid", "customerid", "sessionid", "orderid", "timestamp"];

    /// <summary>The sample read as events.</summary>
    public static SourceGuess Events(FileSample sample) => Match(sample, ColumnNames.Events, []);

    /// <summary>The sample read as a catalogue.</summary>
    public static SourceGuess Catalogue(FileSample sample)
    {
        var future = sample.Columns.Where(ColumnNames.IsFuture).ToList();
        return Match(sample, ColumnNames.Catalogue, future) with { Future = future };
    }

    /// <summary>Columns of an event source that describe its products: field of a catalogue, column.</summary>
    public static IReadOnlyList<(string Field, string Column)> Describing(SourceGuess events)
    {
        var fields = new List<(string Field, string Column)>();
        foreach (var (field, column) in Match(events.Sample, ColumnNames.Catalogue, []).Columns)
        {
            if (field is "title" or "brand" or "category" or "description") fields.Add((field, column));
        }

        // A source that has a description and no title calls its title so.
        var at = fields.FindIndex(pair => pair.Field == "description");
        if (at >= 0 && !fields.Exists(pair => pair.Field == "title")) fields[at] = ("title", fields[at].Column);
        if (fields.Count > 0 && events["unit_price"] is { } price) fields.Add(("price", price));
        return fields;
    }

    private static SourceGuess Match(FileSample sample, IReadOnlyList<(string Field, string[] Names)> table, IReadOnlyCollection<string> without)
    {
        var free = sample.Columns.Where(column => column.Length > 0 && !without.Contains(column)).ToList();
        var columns = new List<(string, string)>();
        var currency = "";
        foreach (var (field, names) in table)
        {
            var column = names.Select(name => free.Find(candidate => Is(candidate, name, ref currency))).FirstOrDefault(found => found is not null)
                ?? free.Find(candidate => Array.Exists(s_endings, ending => ColumnNames.Plain(candidate).EndsWith(ending, StringComparison.Ordinal) && names.Contains(ending)));
            if (column is null) continue;
            columns.Add((field, column));
            free.Remove(column);
        }

        return new SourceGuess { Sample = sample, Columns = columns, Currency = currency };
    }

    private static bool Is(string column, string name, ref string currency)
    {
        var plain = ColumnNames.Plain(column[(column.LastIndexOf('.') + 1)..]);
        if (plain == name || ColumnNames.Plain(column) == name) return true;
        if (!name.EndsWith("price", StringComparison.Ordinal) || !plain.StartsWith(name, StringComparison.Ordinal)) return false;
        var rest = plain[name.Length..];
        if (!s_currencies.Contains(rest)) return false;
        currency = rest.ToUpperInvariant();
        return true;
    }
}
