using System.Collections;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Walks the rows of a log. Short logs are kept after the first walk; long ones are read again, so memory does not grow with them.</summary>
internal sealed class BanditLogWalk
{
    private const int KeptRounds = 1 << 18;
    private readonly BanditLogFiles _files;
    private readonly PolicyTable? _target, _logging;
    private readonly CategoryTable? _categories;
    private readonly RewardTable? _model;
    private readonly ContextKeys _contexts;
    private readonly TextIndex _actions;
    private readonly CancellationToken _cancellation;
    private readonly List<int> _targetRows = [], _loggingRows = [];
    private readonly Dictionary<(int Context, int Category), double> _categoryWeights = [];
    private readonly List<string> _warnings = [];
    private List<BanditRounds>? _kept;
    private int _actionsWarnedOf = -1;

    public BanditLogWalk(BanditLogFiles files, PolicyTable? target, PolicyTable? logging, CategoryTable? categories, RewardTable? model, ContextKeys contexts, TextIndex actions, CancellationToken cancellation) =>
        (_files, _target, _logging, _categories, _model, _contexts, _actions, _cancellation) = (files, target, logging, categories, model, contexts, actions, cancellation);

    /// <summary>The log; its header was checked.</summary>
    public BanditLog Log { get; private set; } = new() { Rounds = () => [] };

    /// <summary>Finds the columns.</summary>
    /// <exception cref="SourceException">One is missing.</exception>
    public void CheckHeader(TableFile header)
    {
        var columns = new Columns(this, header);
        Log = new BanditLog
        {
            Rounds = Walk,
            Target = _target?.Policy,
            TargetRows = _targetRows,
            Logging = _logging?.Policy,
            LoggingRows = _loggingRows,
            Contexts = new ContextNames(_contexts),
            Actions = _actions.Texts,
            Warnings = _warnings,
            HasModel = _model is not null || columns.Modelled >= 0,
            HasCategories = _categories is not null || columns.CategoryPropensity >= 0,
            HasClusters = columns.Cluster >= 0,
        };
    }

    private IEnumerable<BanditRounds> Walk()
    {
        if (_kept is not null)
        {
            foreach (var block in _kept) yield return block;
            yield break;
        }

        var (kept, first) = (new List<BanditRounds>(), 0L);
        using var table = TableFile.Open(_files.Log, _cancellation);
        var columns = new Columns(this, table);
        var clusters = new ClusterIndex();
        while (Block(table, columns, clusters, first) is { } block)
        {
            first += block.Count;
            if (first <= KeptRounds) kept.Add(block);
            yield return block;
        }

        if (first == 0) throw new SourceException(_files.Log, 1, "has a header and no rows; a round a row.");
        if (first <= KeptRounds) _kept = kept;
        Warn(clusters);
    }

    /// <summary>An action whose id the policy writes in another Unicode form has probability 0 there: that must not pass in silence.</summary>
    private void Warn(ClusterIndex clusters)
    {
        if (_actionsWarnedOf == _actions.Texts.Count) return;
        _actionsWarnedOf = _actions.Texts.Count;
        _warnings.Clear();
        if (UnicodeForms.Warning(_actions.Texts, "actions") is { } warning) _warnings.Add(warning);
        if (UnicodeForms.Warning(clusters.Known, "shoppers") is { } others) _warnings.Add(others);
    }

    private BanditRounds? Block(TableFile table, Columns columns, ClusterIndex clusterIndex, long first)
    {
        const int Length = BanditLog.BlockRounds;
        double[] Column(bool isThere) => isThere ? new double[Length] : [];
        var (hasAction, hasModel, hasCategories) = (columns.Action >= 0, Log.HasModel, Log.HasCategories);
        double[] rewards = new double[Length], propensities = new double[Length], targets = new double[Length];
        double[] modelled = Column(hasModel), values = Column(hasModel), categories = Column(hasCategories);
        int[] contexts = hasAction ? new int[Length] : [], actions = hasAction ? new int[Length] : [], clusters = Log.HasClusters ? new int[Length] : [];
        var at = 0;
        for (; at < Length && table.Read(); at++)
        {
            rewards[at] = table.Number(columns.Reward, "write what the round earned, 0 for nothing.");
            propensities[at] = table.Probability(columns.Propensity, false, "log the probability that the policy chose with.");
            var context = Context(table, columns);
            if (hasAction) (contexts[at], actions[at]) = (context, _actions.Of(table.Text(columns.Action, "write the id of what was chosen.")));
            targets[at] = _target is { } target ? target.Policy.Of(_targetRows[context], actions[at]) : table.Probability(columns.Target, true, "write the judged policy's probability of the logged action.");
            if (_model is not null && _target is not null)
            {
                var expecting = _model.Contexts.Of(table, columns.ModelContext, false);
                if (expecting < 0) throw table.Fault($"has a context of which {_files.Model} says nothing: add what the model expects there.");
                (modelled[at], values[at]) = (_model.Of(table, expecting, actions[at]), _model.Under(table, expecting, _target.Policy, _targetRows[context]));
            }
            else if (hasModel)
            {
                modelled[at] = table.Number(columns.Modelled, "write the reward that the model expects of the logged action.");
                values[at] = table.Number(columns.ModelledValue, "write the reward that the model expects under the judged policy.");
            }

            if (clusters.Length > 0) clusters[at] = clusterIndex.Of(table.Cell(columns.Cluster));
            if (hasCategories) categories[at] = CategoryWeight(table, columns, context, hasAction ? actions[at] : -1);
        }

        if (at == 0) return null;
        T[] Cut<T>(T[] column) => column.Length == 0 || at == Length ? column : column[..at];
        return new BanditRounds
        {
            Rewards = Cut(rewards),
            Propensities = Cut(propensities),
            Targets = Cut(targets),
            Contexts = Cut(contexts),
            Actions = Cut(actions),
            ModelledRewards = Cut(modelled),
            ModelledValues = Cut(values),
            CategoryWeights = Cut(categories),
            Clusters = Cut(clusters),
            FirstRound = first,
        };
    }

    private int Context(TableFile table, Columns columns)
    {
        var context = _contexts.Of(table, columns.Context, true);
        if (context < _targetRows.Count) return context;
        var row = _target?.Contexts.Of(table, columns.TargetContext, false) ?? -1;
        if (_target is not null && _target.Contexts.Names.Count == 0) row = 0;
        if (_target is not null && row < 0)
            throw table.Fault($"has the context {_contexts.NameOf(context)}, of which {_files.Target} says nothing: add what the judged policy does there.");
        _targetRows.Add(row);
        _loggingRows.Add(_logging is null ? -1 : _logging.Contexts.Names.Count == 0 ? 0 : _logging.Contexts.Of(table, columns.LoggingContext, false));
        return context;
    }

    private double CategoryWeight(TableFile table, Columns columns, int context, int action)
    {
        if (_categories is null || _target is null || _logging is null)
        {
            return table.Probability(columns.CategoryTarget, true, "write p(category | context) under the judged policy.")
                / table.Probability(columns.CategoryPropensity, false, "write p(category | context) under the log.");
        }

        int category;
        if (columns.Category >= 0)
        {
            category = _categories.Names.Of(table.Text(columns.Category, "write the category that was shown."));
        }
        else
        {
            if (action >= _categories.ActionCount) throw table.Fault($"chose action \"{_actions.Texts[action]}\", of which {_files.Categories} says nothing: add its category.");
            var own = _categories.Categories.ActionsOf(action);
            category = own.Length == 1 ? own[0] : throw table.Fault($"chose action \"{_actions.Texts[action]}\", which shows as {own.Length} categories: add a column category with the one that was shown.");
        }

        if (_categoryWeights.TryGetValue((context, category), out var weight)) return weight;
        if (_loggingRows[context] < 0) throw table.Fault($"has the context {_contexts.NameOf(context)}, of which {_files.Logging} says nothing: add what the logging policy does there.");
        var below = Probability(_logging.Policy, _loggingRows[context], category);
        if (below == 0) throw table.Fault($"shows the category \"{_categories.Names.Texts[category]}\", which the logging policy never shows in context {_contexts.NameOf(context)}: correct {_files.Logging} or {_files.Categories}.");
        return _categoryWeights[(context, category)] = Probability(_target.Policy, _targetRows[context], category) / below;
    }

    private double Probability(SparsePolicy policy, int row, int category)
    {
        var actions = policy.ActionsOf(row);
        var probabilities = policy.ProbabilitiesOf(row);
        var sum = 0.0;
        for (var i = 0; i < actions.Length; i++) sum += probabilities[i] * (_categories?.Categories.Of(actions[i], category) ?? 0);
        return sum;
    }

    /// <summary>Where fields stand in the table.</summary>
    private sealed class Columns
    {
        public Columns(BanditLogWalk walk, TableFile table)
        {
            var mapped = walk._files.Columns;
            int Find(string field) => BanditColumns.Find(table, field, mapped);
            Reward = BanditColumns.Require(table, "reward", mapped, "Name the column of what a round earned: --columns reward=NAME.");
            Propensity = BanditColumns.Require(table, "propensity", mapped, "Without the probability that the log chose with, no estimate is possible: --columns propensity=NAME.");
            Action = walk._target is null ? -1 : BanditColumns.Require(table, "action", mapped, "The policy's probabilities are looked up by the logged action: --columns action=NAME.");
            Target = walk._target is null ? Find("target") : -1;
            (Modelled, ModelledValue) = (Find("q_hat"), Find("q_hat_target"));
            if (walk._model is null && Modelled >= 0 != ModelledValue >= 0)
                throw new SourceException(table.Path, 1, $"has {(Modelled >= 0 ? "q_hat and no q_hat_target" : "q_hat_target and no q_hat")}: a reward model is both, of the logged action and under the judged policy.");
            (Category, CategoryPropensity, CategoryTarget) = (Find("category"), Find("category_propensity"), Find("category_target"));
            if (CategoryPropensity >= 0 != CategoryTarget >= 0)
                throw new SourceException(table.Path, 1, "has one of category_propensity and category_target: weights of categories need both.");
            Cluster = Find("cluster");
            Context = walk._contexts.ColumnsIn(table);
            TargetContext = walk._target?.Contexts.ColumnsIn(table) ?? [];
            LoggingContext = walk._logging?.Contexts.ColumnsIn(table) ?? [];
            ModelContext = walk._model?.Contexts.ColumnsIn(table) ?? [];
        }

        public int Reward { get; }

        public int Propensity { get; }

        public int Action { get; }

        public int Target { get; }

        public int Modelled { get; }

        public int ModelledValue { get; }

        public int Category { get; }

        public int CategoryPropensity { get; }

        public int CategoryTarget { get; }

        public int Cluster { get; }

        public int[] Context { get; }

        public int[] TargetContext { get; }

        public int[] LoggingContext { get; }

        public int[] ModelContext { get; }
    }

    /// <summary>Names of contexts as they come.</summary>
    private sealed class ContextNames(ContextKeys keys) : IReadOnlyList<string>
    {
        public int Count => keys.Count;

        public string this[int index] => keys.NameOf(index);

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(keys.NameOf).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
