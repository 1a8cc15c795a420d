using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>
/// A policy from a table with the columns of its context, <c>action</c> and <c>probability</c>. A table without probabilities is a log of the policy: its shares
/// are counted.
/// </summary>
internal sealed record PolicyTable(SparsePolicy Policy, ContextKeys Contexts)
{
    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">Columns of the context; null: all besides action and probability that the log has too.</param>
    /// <param name="logColumns">Columns of the log.</param>
    /// <param name="actions">Numbers of actions.</param>
    /// <param name="mapped">Fields whose columns were stated.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="SourceException">The file cannot be read as a policy; says line and remedy.</exception>
    public static PolicyTable Read(string path, IReadOnlyList<string>? context, IReadOnlyList<string> logColumns, TextIndex actions, IReadOnlyDictionary<string, string> mapped, CancellationToken cancellation)
    {
        const string Remedy = "write the policy's probability of the action.";
        using var table = TableFile.Open(path, cancellation);
        var action = BanditColumns.Require(table, "action", mapped, "A policy is a table of its context's columns, action and probability.");
        var probability = BanditColumns.Find(table, "probability", mapped);
        if (probability < 0 && context is null)
            throw new SourceException(path, 1, $"has no column probability; it has: {string.Join(", ", table.Columns)}. Write context columns,action,probability; or, if it is a log of the policy whose shares are to be counted, say by which columns: --context position (--context none for all rows together).");
        var names = context?.Where(name => table.Find(name) >= 0).ToList() ?? [.. table.Columns.Where((_, i) => i != action && i != probability)];
        if (names.Find(name => !logColumns.Any(column => ColumnNames.Plain(column) == ColumnNames.Plain(name))) is { } unknown)
            throw new SourceException(path, 1, $"has the column \"{unknown}\", which the log does not have: a policy's context is made of the log's columns. Rename or remove it, or name the context with --context.");
        var keys = new ContextKeys(names);
        var columns = keys.ColumnsIn(table);
        var rows = new Dictionary<(int Context, int Action), double>();
        var order = new List<(int Context, int Action)>();
        while (table.Read())
        {
            var key = (keys.Of(table, columns, true), actions.Of(table.Text(action, "write the action's id.")));
            ref var value = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out var isKnown);
            if (!isKnown) order.Add(key);
            if (probability < 0) value++;
            else if (isKnown) throw table.Fault($"names action \"{actions.Texts[key.Item2]}\" a second time in context {keys.NameOf(key.Item1)}; keep one row.");
            else value = table.Probability(probability, true, Remedy);
        }

        if (order.Count == 0) throw new SourceException(path, 0, "has no rows; write context columns,action,probability.");
        var totals = new double[keys.Count];
        if (probability < 0)
            foreach (var key in order) totals[key.Context] += rows[key];
        try
        {
            var policy = SparsePolicy.Create(
                [.. order.Select(key => key.Context)], [.. order.Select(key => key.Action)], [.. order.Select(key => probability < 0 ? rows[key] / totals[key.Context] : rows[key])], keys.Count, keys.NameOf);
            return new PolicyTable(policy, keys);
        }
        catch (ArgumentException e)
        {
            throw new SourceException(path, 0, "is no policy: " + e.Message.Split(" (Parameter", StringSplitOptions.None)[0], e);
        }
    }

    /// <summary>The same probability for each of some actions.</summary>
    public static PolicyTable Uniform(int actionCount) => new(
        SparsePolicy.Create(new int[actionCount], [.. Enumerable.Range(0, actionCount)], [.. Enumerable.Repeat(1.0 / actionCount, actionCount)], 1), new ContextKeys([]));
}
