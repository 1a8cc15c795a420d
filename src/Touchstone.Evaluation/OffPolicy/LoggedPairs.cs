using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>Which actions a log chose in which contexts: sparse, one entry a pair that occurs.</summary>
public sealed class LoggedPairs
{
    private readonly Dictionary<long, int> _pairs = [];
    private readonly List<long> _contextRounds = [];
    private readonly List<int> _contexts = [], _actions = [];
    private int[]? _starts, _byContext;

    /// <summary>Pairs that occur.</summary>
    public int Count => _pairs.Count;

    /// <summary>Rounds seen.</summary>
    public long Rounds { get; private set; }

    /// <summary>Contexts seen.</summary>
    public int ContextCount => _contextRounds.Count;

    /// <summary>Takes a round in.</summary>
    /// <returns>Index of its pair.</returns>
    public int Add(int context, int action)
    {
        while (_contextRounds.Count <= context) _contextRounds.Add(0);
        _contextRounds[context]++;
        Rounds++;
        ref var pair = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_pairs, Key(context, action), out var isKnown);
        if (isKnown) return pair;
        pair = _pairs.Count - 1;
        _contexts.Add(context);
        _actions.Add(action);
        _starts = null;
        return pair;
    }

    /// <summary>Takes rounds in.</summary>
    /// <exception cref="ArgumentException">Rounds without contexts and actions.</exception>
    public void Add(BanditRounds rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Contexts.Length != rounds.Count || rounds.Actions.Length != rounds.Count) throw new ArgumentException("The rounds have no contexts and actions: what the log never chose cannot be told.", nameof(rounds));
        for (var i = 0; i < rounds.Count; i++) Add(rounds.Contexts[i], rounds.Actions[i]);
    }

    /// <summary>Index of a pair; −1 where the log never chose the action in the context.</summary>
    public int IndexOf(int context, int action) => _pairs.TryGetValue(Key(context, action), out var pair) ? pair : -1;

    /// <summary>Action of a pair.</summary>
    public int ActionOf(int pair) => _actions[pair];

    /// <summary>Pairs of a context, in the order in which they occurred.</summary>
    public ReadOnlySpan<int> PairsOf(int context)
    {
        if (_starts is null || _byContext is null)
        {
            _starts = new int[_contextRounds.Count + 1];
            foreach (var of in _contexts) _starts[of + 1]++;
            for (var at = 1; at < _starts.Length; at++) _starts[at] += _starts[at - 1];
            _byContext = new int[_contexts.Count];
            var next = _starts.ToArray();
            for (var pair = 0; pair < _contexts.Count; pair++) _byContext[next[_contexts[pair]]++] = pair;
        }

        return _byContext.AsSpan(_starts[context].._starts[context + 1]);
    }

    /// <summary>Rounds with a context.</summary>
    public long RoundsOf(int context) => _contextRounds[context];

    /// <summary>Mean over rounds of the probability that the judged policy chooses an action that the log never chose in that context.</summary>
    /// <param name="target">The judged policy.</param>
    /// <param name="rows">[context] its row there.</param>
    public double MassNeverLogged(SparsePolicy target, IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(rows);
        var mass = 0.0;
        for (var context = 0; context < _contextRounds.Count; context++)
        {
            var logged = 0.0;
            foreach (var pair in PairsOf(context)) logged += target.Of(rows[context], _actions[pair]);
            var missing = Math.Max(0, 1 - logged);
            mass += missing * _contextRounds[context];
        }

        return mass / Rounds;
    }

    private static long Key(int context, int action) => ((long)context << 32) | (uint)action;
}
