using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Categories of actions: <c>action,category</c>, or with a <c>probability</c> where an action may show as several.</summary>
internal sealed record CategoryTable(SparsePolicy Categories, TextIndex Names, int ActionCount)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="SourceException">A row cannot be read, or an action's probabilities do not add up to 1.</exception>
    public static CategoryTable Read(string path, TextIndex actions, IReadOnlyDictionary<string, string> mapped, CancellationToken cancellation)
    {
        using var table = TableFile.Open(path, cancellation);
        var action = BanditColumns.Require(table, "action", new Dictionary<string, string>(), "Categories are a table action,category,probability.");
        var category = BanditColumns.Require(table, "category", mapped, "Categories are a table action,category,probability.");
        var probability = BanditColumns.Find(table, "probability", new Dictionary<string, string>());
        var names = new TextIndex();
        var (rows, categories, values) = (new List<int>(), new List<int>(), new List<double>());
        var seen = new HashSet<(int Action, int Category)>();
        while (table.Read())
        {
            rows.Add(actions.Of(table.Text(action, "write the action's id.")));
            categories.Add(names.Of(table.Text(category, "write the category.")));
            if (!seen.Add((rows[^1], categories[^1]))) throw table.Fault($"names category \"{names.Texts[categories[^1]]}\" of action \"{actions.Texts[rows[^1]]}\" a second time; keep one row.");
            values.Add(probability < 0 ? 1 : table.Probability(probability, true, "write the probability that the action shows as the category."));
        }

        // Actions that the table leaves out get a category of their own each: nothing is shared there.
        var known = rows.ToHashSet();
        for (var other = 0; other < actions.Texts.Count; other++)
        {
            if (known.Contains(other)) continue;
            rows.Add(other);
            categories.Add(names.Of($"\u001F{actions.Texts[other]}"));
            values.Add(1);
        }

        try
        {
            return new CategoryTable(SparsePolicy.Create([.. rows], [.. categories], [.. values], actions.Texts.Count, action => $"of action {actions.Texts[action]}"), names, actions.Texts.Count);
        }
        catch (ArgumentException e)
        {
            throw new SourceException(path, 0, "cannot be used: " + e.Message.Split(" (Parameter", StringSplitOptions.None)[0], e);
        }
    }
}
