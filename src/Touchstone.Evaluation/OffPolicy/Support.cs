using Touchstone.Domain;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>Whether the logging policy can choose what the judged one chooses.</summary>
public static class Support
{
    /// <summary>Probability that the judged policy chooses an action that the logging policy never chooses: no log of any length tells its reward.</summary>
    /// <param name="logging">The policy that made the log.</param>
    /// <param name="loggingContext">Context there.</param>
    /// <param name="target">The judged policy.</param>
    /// <param name="targetContext">Context there.</param>
    public static double MissingMass(SparsePolicy logging, int loggingContext, SparsePolicy target, int targetContext)
    {
        ArgumentNullException.ThrowIfNull(logging);
        ArgumentNullException.ThrowIfNull(target);
        var actions = target.ActionsOf(targetContext);
        var probabilities = target.ProbabilitiesOf(targetContext);
        var mass = 0.0;
        for (var i = 0; i < actions.Length; i++)
            if (logging.Of(loggingContext, actions[i]) == 0) mass += probabilities[i];
        return mass;
    }

    /// <summary>The missing mass over the rounds of a log.</summary>
    /// <param name="log">The log; both policies are known.</param>
    /// <param name="pairs">Its contexts with their rounds.</param>
    /// <returns>Mean over rounds; NaN where a policy, or the logging one's distribution of a context, is not known.</returns>
    public static double MissingMass(BanditLog log, LoggedPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(pairs);
        if (log.Logging is not { } logging || log.Target is not { } target) return double.NaN;
        var (mass, known) = (0.0, new Dictionary<(int Logging, int Target), double>());
        for (var context = 0; context < pairs.ContextCount; context++)
        {
            var rows = (log.LoggingRows[context], log.TargetRows[context]);
            if (rows.Item1 < 0) return double.NaN;
            if (!known.TryGetValue(rows, out var missing)) known[rows] = missing = MissingMass(logging, rows.Item1, target, rows.Item2);
            mass += missing * pairs.RoundsOf(context);
        }

        return mass / pairs.Rounds;
    }
}
