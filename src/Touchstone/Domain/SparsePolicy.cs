namespace Touchstone.Domain;

/// <summary>
/// Probabilities of actions by context that hold what is above 0 only: a policy that chooses among twenty of a million products costs twenty entries.
/// </summary>
public sealed class SparsePolicy
{
    private readonly int[] _starts;
    private readonly int[] _actions;
    private readonly double[] _probabilities;

    private SparsePolicy(int[] starts, int[] actions, double[] probabilities) => (_starts, _actions, _probabilities) = (starts, actions, probabilities);

    /// <summary>How far a context's probabilities may add up beside 1.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>Contexts, each with its own distribution.</summary>
    public int ContextCount => _starts.Length - 1;

    /// <summary>Entries above 0.</summary>
    public int EntryCount => _actions.Length;

    /// <summary>Builds a policy from rows in any order.</summary>
    /// <param name="contexts">[row] index of the context.</param>
    /// <param name="actions">[row] index of the action.</param>
    /// <param name="probabilities">[row] in [0, 1].</param>
    /// <param name="contextCount">Contexts there are.</param>
    /// <param name="nameOf">How a context is named in messages; null for its index.</param>
    /// <exception cref="ArgumentException">A probability out of range, an action twice in a context, or a context whose probabilities do not add up to 1 (names it).</exception>
    public static SparsePolicy Create(ReadOnlySpan<int> contexts, ReadOnlySpan<int> actions, ReadOnlySpan<double> probabilities, int contextCount, Func<int, string>? nameOf = null)
    {
        if (contexts.Length != actions.Length || contexts.Length != probabilities.Length)
            throw new ArgumentException($"actions has {actions.Length} rows and probabilities {probabilities.Length}; contexts has {contexts.Length}.", nameof(actions));
        nameOf ??= context => context.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var starts = new int[contextCount + 1];
        var sums = new double[contextCount];
        for (var row = 0; row < contexts.Length; row++)
        {
            if (!(probabilities[row] is >= 0 and <= 1)) throw new ArgumentException($"probabilities[{row}] = {FormattableString.Invariant($"{probabilities[row]}")}; expected [0, 1].", nameof(probabilities));
            sums[contexts[row]] += probabilities[row];
            if (probabilities[row] > 0) starts[contexts[row] + 1]++;
        }

        for (var context = 0; context < contextCount; context++)
        {
            starts[context + 1] += starts[context];
            if (Math.Abs(sums[context] - 1) > Tolerance)
                throw new ArgumentException(FormattableString.Invariant($"probabilities of context {nameOf(context)} add up to {Math.Round(sums[context], 9)}; a policy's add up to 1. Write every action that it may choose."), nameof(probabilities));
        }

        var (kept, values, next) = (new int[starts[^1]], new double[starts[^1]], starts.ToArray());
        for (var row = 0; row < contexts.Length; row++)
        {
            if (probabilities[row] == 0) continue;
            var at = next[contexts[row]]++;
            (kept[at], values[at]) = (actions[row], probabilities[row]);
        }

        for (var context = 0; context < contextCount; context++)
        {
            var (start, length) = (starts[context], starts[context + 1] - starts[context]);
            Array.Sort(kept, values, start, length);
            for (var at = start + 1; at < start + length; at++)
                if (kept[at] == kept[at - 1]) throw new ArgumentException($"action {kept[at]} stands twice in context {nameOf(context)}; keep one row.", nameof(actions));
        }

        return new SparsePolicy(starts, kept, values);
    }

    /// <summary>Actions that the policy may choose, ascending.</summary>
    public ReadOnlySpan<int> ActionsOf(int context) => _actions.AsSpan(_starts[context].._starts[context + 1]);

    /// <summary>Their probabilities, in the same order.</summary>
    public ReadOnlySpan<double> ProbabilitiesOf(int context) => _probabilities.AsSpan(_starts[context].._starts[context + 1]);

    /// <summary>Probability of an action; 0 where the context does not have it.</summary>
    public double Of(int context, int action)
    {
        var at = ActionsOf(context).BinarySearch(action);
        return at < 0 ? 0 : _probabilities[_starts[context] + at];
    }
}
