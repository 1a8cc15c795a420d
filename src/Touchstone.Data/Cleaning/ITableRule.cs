namespace Touchstone.Data.Cleaning;

/// <summary>A rule that needs the whole table: one SQL statement.</summary>
internal interface ITableRule
{
    /// <summary>Its name in shop.yaml, the account and the report.</summary>
    string Name { get; }

    /// <summary>One sentence for the report.</summary>
    string Description { get; }

    /// <summary>What becomes of the rows that the statement names.</summary>
    CleaningOutcome Outcome { get; }

    /// <summary>
    /// Selects <c>source, line, part, into_source, into_line</c> of the rows of <c>loaded</c> that it catches; the last two name the row
    /// that stays in its place, or are NULL.
    /// </summary>
    string Sql { get; }
}
