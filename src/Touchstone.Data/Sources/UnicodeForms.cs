using System.Globalization;
using System.Text;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Finds ids that look the same and are not: one text in two Unicode forms (é as one code point, and as e with an accent).</summary>
public static class UnicodeForms
{
    /// <summary>A sentence on the ids of judgments and runs that differ only in their form; null where there are none. Ids in ASCII cost nothing.</summary>
    /// <param name="judgments">Judgments.</param>
    /// <param name="runs">Runs.</param>
    public static string? Warning(QueryDocuments<int> judgments, IReadOnlyList<RankingRun> runs)
    {
        ArgumentNullException.ThrowIfNull(judgments);
        ArgumentNullException.ThrowIfNull(runs);
        HashSet<string> ids = new(StringComparer.Ordinal);
        Collect(judgments, ids);
        foreach (var run in runs) Collect(run.Rows, ids);
        return Warning(ids, "queries or documents");
    }

    /// <summary>A sentence on each kind of ids of which some differ only in their form.</summary>
    /// <param name="kinds">Ids, each as often as one likes, and what they are the ids of.</param>
    public static IReadOnlyList<string> Warnings(params IReadOnlyList<(IEnumerable<string> Ids, string What)> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return [.. kinds.Select(kind => Warning(kind.Ids, kind.What)).OfType<string>()];
    }

    /// <summary>A sentence on the ids that differ only in their form; null where there are none.</summary>
    /// <param name="ids">The ids, each as often as one likes.</param>
    /// <param name="what">What they are the ids of.</param>
    public static string? Warning(IEnumerable<string> ids, string what)
    {
        var distinct = ids.Where(id => !Ascii.IsValid(id)).ToHashSet(StringComparer.Ordinal);
        if (distinct.Count < 2) return null;
        using var database = DuckDatabase.InMemory();
        database.Execute("CREATE TABLE ids (id VARCHAR)");
        using (var rows = database.Append("ids"))
        {
            foreach (var id in distinct)
            {
                rows.BeginRow();
                rows.Text(id);
                rows.EndRow();
            }
        }

        var forms = database.Query("SELECT count(*), min(form) FROM (SELECT nfc_normalize(id) AS form FROM ids GROUP BY 1 HAVING count(*) > 1)")
            .Select(row => (Count: row.WholeOrNull(0) ?? 0, Example: row.TextOrNull(1))).First();
        return forms.Count == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{forms.Count} {(forms.Count == 1 ? "id stands" : "ids stand")} there in several Unicode forms, e.g. \"{forms.Example}\": they are taken as different {what}. Write all ids in one form (NFC).");
    }

    private static void Collect<TValue>(QueryDocuments<TValue> rows, HashSet<string> ids) where TValue : struct
    {
        foreach (var query in rows.Queries)
            if (!Ascii.IsValid(query)) ids.Add(query);
        for (var row = 0; row < rows.Documents.Count; row++)
            if (!Ascii.IsValid(rows.Documents[row])) ids.Add(rows.Documents.Text(row));
    }
}
