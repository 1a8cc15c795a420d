using Touchstone.Data.Segments;
using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>Rows that agree in every field but the place they were read from; the first one stays.</summary>
internal sealed class ExactDuplicate : ITableRule
{
    public string Name => "exact-duplicate";

    public string Description => "The same row once more, equal in every field that is read: merged into the first one.";

    public CleaningOutcome Outcome => CleaningOutcome.Merge;

    // Rows without time, order, event id or place in a sequence are never called duplicates: nothing tells two acts from one.
    // The hash finds the few candidates; the comparison itself is of the fields.
    public string Sql
    {
        get
        {
            var fields = string.Join(", ", FactSchema<Interaction>.Instance.Columns
                .Select(c => c.Name)
                .Where(name => name is not ("source" or "line" or "received_at"))
                .Select(name => $"\"{name}\""));
            const string Readable =
                "coalesce(rule, '') NOT IN ('unreadable-row', 'unreadable-value') AND "
                + "(event_id IS NOT NULL OR \"order\" IS NOT NULL OR occurred_at IS NOT NULL OR ordinal IS NOT NULL)";
            return $"""
                SELECT source, line, part, into_source, into_line FROM (
                    SELECT source, line, part, row_number() OVER same AS copy,
                        first_value(source) OVER same AS into_source, first_value(line) OVER same AS into_line
                    FROM loaded
                    WHERE ({Readable}) AND hash({fields}) IN (
                        SELECT hash({fields}) FROM loaded WHERE {Readable} GROUP BY 1 HAVING count(*) > 1)
                    WINDOW same AS (PARTITION BY {fields} ORDER BY source, line, part))
                WHERE copy > 1
                """;
        }
    }
}
