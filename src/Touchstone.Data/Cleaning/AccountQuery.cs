using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>The account as queries over the judged rows.</summary>
internal static class AccountQuery
{
    private const string Positive = "CAST(coalesce(sum(amount) FILTER (amount > 0), 0) AS VARCHAR)";
    private const string Negative = "CAST(coalesce(sum(amount) FILTER (amount < 0), 0) AS VARCHAR)";
    private const string Outcomes = "count(*), count(*) FILTER (outcome = 'keep'), count(*) FILTER (outcome = 'products_only'), count(*) FILTER (outcome = 'reject'), count(*) FILTER (outcome = 'merge')";

    public static CleaningAccount Run(DuckDatabase database, RuleBook book)
    {
        var counts = database.Query($"SELECT {Outcomes}, count(*) FILTER (shopper IS NULL OR shopper = '') FROM judged")
            .Select(r => Enumerable.Range(0, 6).Select(r.Whole).ToArray())
            .First();
        return new CleaningAccount
        {
            RowsIn = counts[0],
            Kept = counts[1],
            ProductsOnly = counts[2],
            Rejected = counts[3],
            Merged = counts[4],
            RowsWithoutShopper = counts[5],
            MoneyIn = Money(database, "true"),
            MoneyKept = Money(database, "outcome = 'keep'"),
            MoneyProductsOnly = Money(database, "outcome = 'products_only'"),
            Currencies = [.. database.Query("SELECT DISTINCT currency FROM judged WHERE amount IS NOT NULL AND currency <> '' ORDER BY 1").Select(r => r.Text(0))],
            Rules = [.. book.All.Select(r => Rule(database, r.Name, r.Description, r.IsEnabled))],
            Sources = Sources(database),
            KeptKinds = Kinds(database),
            UnreadableInKept = Unreadable(database),
            Products = Products(database),
        };
    }

    private static MoneyTouched Money(DuckDatabase database, string where) => database
        .Query($"SELECT {Positive}, {Negative} FROM judged WHERE {where}")
        .Select(r => new MoneyTouched(r.ExactText(0), r.ExactText(1)))
        .First();

    private static RuleAccount Rule(DuckDatabase database, string name, string description, bool isEnabled)
    {
        var (rows, outcome) = database.Query($"SELECT count(*), min(outcome) FROM judged WHERE rule = '{name}'")
            .Select(r => (r.Whole(0), r.TextOrNull(1)))
            .First();
        var examples = database.Query($"""
            SELECT source, line, kind, shopper, product, "order", CAST(occurred_at AS VARCHAR), CAST(quantity AS VARCHAR),
                CAST(unit_price AS VARCHAR), unreadable, into_source, into_line
            FROM judged WHERE rule = '{name}' ORDER BY source, line, part LIMIT 3
            """);
        return new RuleAccount
        {
            Name = name,
            Description = description,
            IsEnabled = isEnabled,
            Outcome = outcome is null ? null : FactEnum<CleaningOutcome>.FromText(outcome),
            Rows = rows,
            Money = Money(database, $"rule = '{name}'"),
            Examples = [.. examples.Select(Example)],
        };
    }

    private static RowExample Example(DuckRow row)
    {
        List<string> parts = [row.Text(2)];
        void Add(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value)) parts.Add($"{label} {value}");
        }

        Add("product", row.TextOrNull(4));
        Add("shopper", row.TextOrNull(3) is { Length: > 12 } id ? id[..12] + "…" : row.TextOrNull(3));
        Add("order", row.TextOrNull(5));
        Add("at", row.TextOrNull(6));
        Add("quantity", Short(row.TextOrNull(7)));
        Add("price", Short(row.TextOrNull(8)));
        Add("unreadable", row.TextOrNull(9) is { Length: > 120 } text ? text[..120] + "…" : row.TextOrNull(9));
        if (row.TextOrNull(10) is { } into) Add("same as", FormattableString.Invariant($"{into}:{row.WholeOrNull(11)}"));
        return new RowExample(row.Text(0), row.Whole(1), string.Join(", ", parts));
    }

    private static string? Short(string? number) => number is null
        ? null
        : number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;

    private static List<SourceAccount> Sources(DuckDatabase database) =>
    [
        .. database.Query($"SELECT source, {Outcomes}, {Positive}, {Negative} FROM judged GROUP BY source ORDER BY source").Select(r => new SourceAccount
        {
            Source = r.Text(0),
            RowsIn = r.Whole(1),
            Kept = r.Whole(2),
            ProductsOnly = r.Whole(3),
            Rejected = r.Whole(4),
            Merged = r.Whole(5),
            Money = new MoneyTouched(r.ExactText(6), r.ExactText(7)),
        }),
    ];

    private static List<NamedCount> Kinds(DuckDatabase database) =>
    [
        .. database.Query("SELECT kind, count(*) FROM judged WHERE outcome = 'keep' GROUP BY kind")
            .Select(r => new NamedCount(r.Text(0), r.Whole(1)))
            .OrderBy(k => FactEnum<InteractionKind>.FromText(k.Name)),
    ];

    private static List<NamedCount> Unreadable(DuckDatabase database)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (var row in database.Query("SELECT unreadable FROM judged WHERE outcome IN ('keep', 'products_only') AND unreadable IS NOT NULL"))
        {
            foreach (var field in UnreadableFields.Of(row.Text(0))) counts[field] = counts.GetValueOrDefault(field) + 1;
        }

        return [.. counts.Select(c => new NamedCount(c.Key, c.Value))];
    }

    private static ProductAccount Products(DuckDatabase database)
    {
        const string Unknown = "FROM judged WHERE outcome = 'keep' AND product IS NOT NULL AND (SELECT count(*) FROM products) > 0 AND product NOT IN (SELECT id FROM products)";
        var rows = database.Count("SELECT count(*) FROM catalogue");
        var kept = database.Count("SELECT count(*) FROM products");
        var withoutId = database.Count("SELECT count(*) FROM catalogue WHERE id IS NULL OR id = ''");
        return new ProductAccount
        {
            RowsIn = rows,
            Kept = kept,
            WithoutId = withoutId,
            Merged = rows - kept - withoutId,
            Unknown = database.Count($"SELECT count(DISTINCT product) {Unknown}"),
            UnknownRows = database.Count($"SELECT count(*) {Unknown}"),
            UnknownExamples = [.. database.Query($"SELECT DISTINCT product {Unknown} ORDER BY 1 LIMIT 10").Select(r => r.Text(0))],
        };
    }
}
