using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Data.Cleaning;

/// <summary>
/// Where every row went: rows in = kept + products-only + rejected + merged, in rows and in money. Money is quantity × unit price of order
/// lines before discount, exact, in the currency of the rows (<see cref="Currencies"/> says which).
/// </summary>
public sealed record CleaningAccount
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Version of the file's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Rows that came in.</summary>
    public required long RowsIn { get; init; }

    /// <summary>Rows to learn from and to judge by.</summary>
    public required long Kept { get; init; }

    /// <summary>Rows that are kept for facts of their product only.</summary>
    public required long ProductsOnly { get; init; }

    /// <summary>Rows set aside by a rule.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rows counted once with another.</summary>
    public required long Merged { get; init; }

    /// <summary>Of the rows in, those without a known shopper, whatever became of them.</summary>
    public required long RowsWithoutShopper { get; init; }

    /// <summary>Money of all rows in.</summary>
    public required MoneyTouched MoneyIn { get; init; }

    /// <summary>Money of the rows kept.</summary>
    public required MoneyTouched MoneyKept { get; init; }

    /// <summary>Money of the rows kept for products only.</summary>
    public required MoneyTouched MoneyProductsOnly { get; init; }

    /// <summary>Currency codes of order lines, ascending; empty where the rows state none. Amounts of several are not comparable.</summary>
    public required IReadOnlyList<string> Currencies { get; init; }

    /// <summary>Every rule, in the order in which they judge.</summary>
    public required IReadOnlyList<RuleAccount> Rules { get; init; }

    /// <summary>Every source, ascending by name.</summary>
    public required IReadOnlyList<SourceAccount> Sources { get; init; }

    /// <summary>Rows kept by kind, in the kinds' order.</summary>
    public required IReadOnlyList<NamedCount> KeptKinds { get; init; }

    /// <summary>Fields that could not be read in rows that are kept all the same, with how often.</summary>
    public required IReadOnlyList<NamedCount> UnreadableInKept { get; init; }

    /// <summary>What became of the catalogue.</summary>
    public required ProductAccount Products { get; init; }

    /// <summary>Writes <c>account.json</c>; amounts are JSON numbers with all their digits.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Reads <c>account.json</c>.</summary>
    /// <exception cref="InvalidDataException">Not an account, or one of a newer version.</exception>
    public static CleaningAccount Load(string path)
    {
        try
        {
            var account = JsonSerializer.Deserialize<CleaningAccount>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path} holds no account; run the stage clean again.");
            return account.Version <= 1
                ? account
                : throw new InvalidDataException($"{path} has version {account.Version}, newer than 1; update Touchstone.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not an account ({error.Message}); run the stage clean again.", error);
        }
    }
}

/// <summary>Money that rows carry.</summary>
/// <param name="Positive">Sum of the lines above zero.</param>
/// <param name="Negative">Sum of the lines below zero, itself zero or below.</param>
public sealed record MoneyTouched(decimal Positive, decimal Negative);

/// <summary>What one rule did.</summary>
public sealed record RuleAccount
{
    /// <summary>Name in shop.yaml.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Description { get; init; }

    /// <summary>False where shop.yaml, or the default, switches it off.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>What becomes of its rows; null where it caught none.</summary>
    public required CleaningOutcome? Outcome { get; init; }

    /// <summary>Rows it decided on.</summary>
    public required long Rows { get; init; }

    /// <summary>Their money.</summary>
    public required MoneyTouched Money { get; init; }

    /// <summary>The first three, by source and line.</summary>
    public required IReadOnlyList<RowExample> Examples { get; init; }
}

/// <summary>One row as an example.</summary>
/// <param name="Source">File.</param>
/// <param name="Line">Line in it, from 1.</param>
/// <param name="Text">Its key fields, readable.</param>
public sealed record RowExample(string Source, long Line, string Text);

/// <summary>Where the rows of one source went.</summary>
public sealed record SourceAccount
{
    /// <summary>File.</summary>
    public required string Source { get; init; }

    /// <summary>Rows that came in.</summary>
    public required long RowsIn { get; init; }

    /// <summary>Rows kept.</summary>
    public required long Kept { get; init; }

    /// <summary>Rows kept for products only.</summary>
    public required long ProductsOnly { get; init; }

    /// <summary>Rows set aside.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rows merged.</summary>
    public required long Merged { get; init; }

    /// <summary>Money of all its rows.</summary>
    public required MoneyTouched Money { get; init; }
}

/// <summary>What became of the catalogue's rows.</summary>
public sealed record ProductAccount
{
    /// <summary>Rows that came in.</summary>
    public required long RowsIn { get; init; }

    /// <summary>Products that came of them.</summary>
    public required long Kept { get; init; }

    /// <summary>Rows that were merged into another of the same product.</summary>
    public required long Merged { get; init; }

    /// <summary>Rows without an id, set aside.</summary>
    public required long WithoutId { get; init; }

    /// <summary>Products of kept rows that the catalogue does not name; 0 where there is no catalogue.</summary>
    public required long Unknown { get; init; }

    /// <summary>Kept rows of such products.</summary>
    public required long UnknownRows { get; init; }

    /// <summary>The first ten such products, ascending.</summary>
    public required IReadOnlyList<string> UnknownExamples { get; init; }
}

/// <summary>A name and how often it was met.</summary>
/// <param name="Name">Name.</param>
/// <param name="Count">How often.</param>
public sealed record NamedCount(string Name, long Count);
