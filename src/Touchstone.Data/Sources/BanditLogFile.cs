using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Where a log with propensities and the policies about it are.</summary>
public sealed record BanditLogFiles
{
    /// <summary>What <see cref="Target"/> says for the policy that chooses each action of the log alike.</summary>
    public const string Uniform = "uniform";

    /// <summary>The log: a round a row.</summary>
    public required string Log { get; init; }

    /// <summary>The judged policy, or <see cref="Uniform"/>; null where the log has a column of its probabilities.</summary>
    public string? Target { get; init; }

    /// <summary>The policy that made the log, as a whole; null where it is not known.</summary>
    public string? Logging { get; init; }

    /// <summary>Categories of actions, <c>action,category[,probability]</c>; null for none.</summary>
    public string? Categories { get; init; }

    /// <summary>A reward model, its context's columns, <c>action</c> and <c>q_hat</c>; null to have one fitted.</summary>
    public string? Model { get; init; }

    /// <summary>Columns of the log that make its context; null for those that the target names.</summary>
    public IReadOnlyList<string>? Context { get; init; }

    /// <summary>Field → column, where a column goes by a name of its own.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}

/// <summary>Reads logs with propensities: CSV, TSV, JSON Lines or Parquet, in blocks, as often as they are walked.</summary>
public static class BanditLogFile
{
    /// <summary>Fields whose columns may be stated.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. BanditColumns.Fields];

    /// <summary>Whether a log is one of slates: it has a column slate.</summary>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    public static bool HasSlates(string path, IReadOnlyDictionary<string, string> columns)
    {
        using var table = TableFile.Open(path);
        return BanditColumns.Find(table, "slate", columns) >= 0;
    }

    /// <summary>Opens a log: reads the policies, checks the header, and leaves the rows to whoever walks them.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="cancellationToken">Stops between rows, also of the walks to come.</param>
    /// <exception cref="SourceException">A file is not there or cannot be read; rows are checked as they are walked.</exception>
    public static BanditLog Open(BanditLogFiles files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var actions = new TextIndex();
        using var header = TableFile.Open(files.Log, cancellationToken);
        var hasTargetColumn = BanditColumns.Find(header, "target", files.Columns) >= 0;
        if (files.Target is null && !hasTargetColumn)
            throw new SourceException(files.Log, 1, $"does not say what the judged policy would have done: name its probabilities with --target FILE (action,probability, with the context's columns), or add a column target with its probability of each logged action. It has: {string.Join(", ", header.Columns)}.");
        var target = files.Target switch
        {
            null => null,
            BanditLogFiles.Uniform => PolicyTable.Uniform(Actions(files, actions, cancellationToken)),
            var path => PolicyTable.Read(path, files.Context, header.Columns, actions, ForPolicies(files), cancellationToken),
        };
        var contexts = new ContextKeys(files.Context ?? target?.Contexts.Names ?? []);
        var logging = files.Logging is null ? null : PolicyTable.Read(files.Logging, files.Context ?? contexts.Names, header.Columns, actions, ForPolicies(files), cancellationToken);
        var categories = files.Categories is null ? null : CategoryTable.Read(files.Categories, actions, files.Columns, cancellationToken);
        if (categories is not null && (logging is null || target is null))
            throw new SourceException(files.Categories ?? "", 0, "weighs categories, which needs both policies as a whole: name them with --target FILE and --logging FILE.");
        if (files.Model is not null && target is null)
            throw new SourceException(files.Model, 0, "is a reward model, which needs the judged policy as a whole: name it with --target FILE.");
        var model = files.Model is null ? null : RewardTable.Read(files.Model, header.Columns, actions, cancellationToken);
        var walk = new BanditLogWalk(files, target, logging, categories, model, contexts, actions, cancellationToken);
        walk.CheckHeader(header);
        return walk.Log;
    }

    // The log's own mapping of action and so on holds for policies too where they have such a column.
    private static Dictionary<string, string> ForPolicies(BanditLogFiles files) =>
        files.Columns.Where(pair => pair.Key is "probability").ToDictionary(pair => pair.Key, pair => pair.Value);

    private static int Actions(BanditLogFiles files, TextIndex actions, CancellationToken cancellation)
    {
        using var table = TableFile.Open(files.Log, cancellation);
        var column = BanditColumns.Require(table, "action", files.Columns, "The uniform policy chooses among the log's actions.");
        while (table.Read()) actions.Of(table.Text(column, "write the action's id."));
        return actions.Texts.Count > 0 ? actions.Texts.Count : throw new SourceException(files.Log, 1, "has a header and no rows; export it again.");
    }
}
