using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>What a reward model expects by context and action: columns of its context, <c>action</c> and <c>q_hat</c>.</summary>
internal sealed class RewardTable
{
    private readonly string _path;
    private readonly TextIndex _actions;
    private readonly Dictionary<(int Context, int Action), double> _expected = [];
    private readonly Dictionary<(int Context, int TargetRow), double> _values = [];

    private RewardTable(string path, ContextKeys contexts, TextIndex actions) => (_path, Contexts, _actions) = (path, contexts, actions);

    /// <summary>Contexts of the model.</summary>
    public ContextKeys Contexts { get; }

    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logColumns">Columns of the log: the model's other columns must be among them.</param>
    /// <param name="actions">Numbers of actions.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="SourceException">The file cannot be read; says line and remedy.</exception>
    public static RewardTable Read(string path, IReadOnlyList<string> logColumns, TextIndex actions, CancellationToken cancellation)
    {
        var none = new Dictionary<string, string>();
        using var table = TableFile.Open(path, cancellation);
        var action = BanditColumns.Require(table, "action", none, "A reward model is a table of its context's columns, action and q_hat.");
        var expected = BanditColumns.Require(table, "q_hat", none, "A reward model is a table of its context's columns, action and q_hat.");
        var names = table.Columns.Where((_, i) => i != action && i != expected).ToList();
        if (names.Find(name => !logColumns.Any(column => ColumnNames.Plain(column) == ColumnNames.Plain(name))) is { } unknown)
            throw new SourceException(path, 1, $"has the column \"{unknown}\", which the log does not have: a model's context is made of the log's columns. Rename or remove it.");
        var model = new RewardTable(path, new ContextKeys(names), actions);
        var columns = model.Contexts.ColumnsIn(table);
        while (table.Read())
        {
            var key = (model.Contexts.Of(table, columns, true), actions.Of(table.Text(action, "write the action's id.")));
            if (!model._expected.TryAdd(key, table.Number(expected, "write the reward that the model expects.")))
                throw table.Fault($"names action \"{actions.Texts[key.Item2]}\" a second time in context {model.Contexts.NameOf(key.Item1)}; keep one row.");
        }

        return model._expected.Count > 0 ? model : throw new SourceException(path, 0, "has no rows; write context columns,action,q_hat.");
    }

    /// <summary>What the model expects of an action.</summary>
    /// <param name="log">The log, at the row that asks.</param>
    /// <param name="context">Context of the model.</param>
    /// <param name="action">The action.</param>
    /// <exception cref="SourceException">It says nothing of it (names the log's row).</exception>
    public double Of(TableFile log, int context, int action) => _expected.TryGetValue((context, action), out var expected)
        ? expected
        : throw log.Fault($"asks what {_path} expects of action \"{_actions.Texts[action]}\" in context {Contexts.NameOf(context)}, of which it says nothing: add its row there, or leave the model out to have one fitted.");

    /// <summary>What the model expects under a policy.</summary>
    /// <param name="log">The log, at the row that asks.</param>
    /// <param name="context">Context of the model.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="row">Its row.</param>
    /// <exception cref="SourceException">The model says nothing of an action that the policy may choose.</exception>
    public double Under(TableFile log, int context, SparsePolicy policy, int row)
    {
        if (_values.TryGetValue((context, row), out var known)) return known;
        var actions = policy.ActionsOf(row);
        var probabilities = policy.ProbabilitiesOf(row);
        var value = 0.0;
        for (var i = 0; i < actions.Length; i++) value += probabilities[i] * Of(log, context, actions[i]);
        return _values[(context, row)] = value;
    }
}
