namespace Touchstone.Data.Cleaning.Rules;

/// <summary>Products that the catalogue does not name, where there is one. Off unless shop.yaml switches it on.</summary>
internal sealed class UnknownProduct : ITableRule
{
    public string Name => "unknown-product";

    public string Description => "There is a catalogue and it does not name the product (off by default: such rows are kept and counted).";

    public CleaningOutcome Outcome => CleaningOutcome.Reject;

    public string Sql => """
        SELECT source, line, part, NULL AS into_source, NULL AS into_line FROM loaded
        WHERE product IS NOT NULL AND (SELECT count(*) FROM products) > 0 AND product NOT IN (SELECT id FROM products)
        """;
}
