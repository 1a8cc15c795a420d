using Touchstone.Data.Configuration;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Cleaning;

/// <summary>
/// Turns rows as received into clean ones: judges each by the rules, keeps every row that is set aside beside the kept ones, and accounts
/// for all of them. The result does not depend on the order in which files come.
/// </summary>
public static class Cleaner
{
    /// <summary>Cleans and writes the files that <see cref="CleanFiles"/> names.</summary>
    /// <param name="interactions">Behaviour; read once.</param>
    /// <param name="products">Catalogue; read once, may be empty.</param>
    /// <param name="rules">Rules that shop.yaml switches or sets; the others have their defaults.</param>
    /// <param name="outputFolder">Made where it is not there; files of an earlier run in it are replaced.</param>
    /// <param name="ingestedAt">When the rows were read, UTC: what is dated later is impossible.</param>
    /// <param name="progress">Told how many rows of behaviour were read.</param>
    /// <param name="cancellationToken">Ends the work; the files of an earlier run then stay.</param>
    /// <returns>The account, as written to <c>account.json</c>.</returns>
    /// <exception cref="ConfigurationException">An unknown rule or option (names the nearest).</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static CleaningAccount Run(
        IEnumerable<Interaction> interactions,
        IEnumerable<Product> products,
        IReadOnlyList<OptionSet> rules,
        string outputFolder,
        DateTime ingestedAt,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        var book = RuleBook.From(rules, ingestedAt);
        var work = Path.Combine(Path.GetFullPath(outputFolder), ".cleaning");
        using var scratch = ScratchFolder.Make(work);
        using (var database = DuckDatabase.File(Path.Combine(work, "rows.duckdb"), Path.Combine(work, "spill")))
        {
            CatalogueTable.Load(database, products, cancellationToken);
            InteractionTable.Load(database, interactions, book, progress, cancellationToken);
            Judge(database, book, cancellationToken);
            Write(database, work, cancellationToken);
            AccountQuery.Run(database, book).Save(Path.Combine(work, CleanFiles.Account));
        }

        cancellationToken.ThrowIfCancellationRequested();
        string[] files = [CleanFiles.Interactions, CleanFiles.ProductsOnly, CleanFiles.SetAside, CleanFiles.Products, CleanFiles.Texts, CleanFiles.Prices, CleanFiles.Account];
        foreach (var file in files) File.Move(Path.Combine(work, file), Path.Combine(outputFolder, file), overwrite: true);
        return CleaningAccount.Load(Path.Combine(outputFolder, CleanFiles.Account));
    }

    /// <summary>Checks the rules of shop.yaml before any row is read.</summary>
    /// <exception cref="ConfigurationException">An unknown rule or option (names the nearest).</exception>
    public static void CheckRules(IReadOnlyList<OptionSet> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _ = RuleBook.From(rules, DateTime.MaxValue);
    }

    // What could not be read is no duplicate of anything; a duplicate is one whatever else is wrong with it; the rest is first come.
    private static void Judge(DuckDatabase database, RuleBook book, CancellationToken cancellationToken)
    {
        database.Execute("CREATE TABLE caught (source VARCHAR, line BIGINT, part INTEGER, into_source VARCHAR, into_line BIGINT, outcome VARCHAR, rule VARCHAR, place INTEGER)");
        foreach (var (place, rule) in book.Tables.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = rule.Outcome == CleaningOutcome.Merge ? "merge" : "reject";
            database.Execute($"INSERT INTO caught SELECT *, '{outcome}', '{rule.Name}', {place} FROM ({rule.Sql})");
        }

        cancellationToken.ThrowIfCancellationRequested();
        database.Execute("""
            CREATE TABLE judged AS
            SELECT l.* EXCLUDE (outcome, rule),
                CASE WHEN c.outcome = 'merge' OR (c.outcome IS NOT NULL AND l.outcome <> 'reject') THEN c.outcome ELSE l.outcome END AS outcome,
                CASE WHEN c.outcome = 'merge' OR (c.outcome IS NOT NULL AND l.outcome <> 'reject') THEN c.rule ELSE l.rule END AS rule,
                c.into_source, c.into_line
            FROM loaded l LEFT JOIN (
                SELECT * FROM caught QUALIFY row_number() OVER (PARTITION BY source, line, part ORDER BY place) = 1
            ) c USING (source, line, part)
            """);
    }

    private static void Write(DuckDatabase database, string folder, CancellationToken cancellationToken)
    {
        (string File, string Sql)[] outputs =
        [
            (CleanFiles.Interactions, Rows("keep", "amount")),
            (CleanFiles.ProductsOnly, Rows("products_only", "amount")),
            (CleanFiles.SetAside, $"SELECT outcome, rule, {InteractionTable.Fields}, part, amount, into_source, into_line FROM judged WHERE outcome IN ('reject', 'merge') ORDER BY source, line, part"),
            (CleanFiles.Products, "SELECT * FROM products ORDER BY id"),
            (CleanFiles.Texts, "SELECT * FROM texts ORDER BY id, locale"),
            (CleanFiles.Prices, "SELECT * FROM prices ORDER BY product, valid_from NULLS FIRST"),
        ];
        foreach (var (file, sql) in outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            database.Execute($"COPY ({sql}) TO {DuckDatabase.Literal(Path.Combine(folder, file))} (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    private static string Rows(string outcome, string extra) =>
        $"SELECT {InteractionTable.Fields}, part, {extra} FROM judged WHERE outcome = '{outcome}' ORDER BY source, line, part";
}
