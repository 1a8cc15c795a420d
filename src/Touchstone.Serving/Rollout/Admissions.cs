using Touchstone.Domain;

namespace Touchstone.Serving.Rollout;

/// <summary>
/// Which models may be shown to shoppers beside the champion: those whose latest verdict in the ledger says <em>try</em> or
/// <em>ship</em>, and of these only the version that was judged. A later <em>hold</em> takes an earlier <em>try</em> back.
/// </summary>
public sealed class Admissions
{
    private readonly List<LedgerVerdict> _verdicts = [];

    /// <summary>No verdicts.</summary>
    public static Admissions None { get; } = new();

    /// <summary>Reads the ledger.</summary>
    /// <param name="entries">In any order.</param>
    /// <exception cref="InvalidDataException">A verdict that cannot be read (names the entry).</exception>
    public static Admissions From(IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var admissions = new Admissions();
        // Ids are UUIDv7, so they order entries of one moment.
        foreach (var entry in entries.OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Id, StringComparer.Ordinal))
        {
            if (LedgerVerdict.Of(entry) is { } verdict) admissions._verdicts.Add(verdict);
        }

        return admissions;
    }

    /// <summary>The latest verdict on a model, or null.</summary>
    /// <param name="model">Name. A recommender and a searcher may share one: their versions tell them apart.</param>
    /// <param name="versions">Versions that are of this model; a verdict that names none counts for all.</param>
    public LedgerVerdict? Find(string model, IReadOnlyCollection<string> versions) =>
        _verdicts.FindLast(verdict => verdict.Model == model && (verdict.Version is null || versions.Contains(verdict.Version)));

    /// <summary>Why a model may not be shown, in words that say how to mend it; null where its latest verdict admits it.</summary>
    /// <param name="model">Name.</param>
    /// <param name="versions">As for <see cref="Find"/>.</param>
    public string? Objection(string model, IReadOnlyCollection<string> versions)
    {
        if (Find(model, versions) is not { } verdict)
            return $"No verdict: {model} has not been judged as challenger in this workspace. No model serves without its verdict; touchstone run gives one.";
        if (verdict.Admits) return null;
        return verdict.Decision switch
        {
            Decision.Hold => $"Hold: {verdict.Sentence}",
            Decision.RollBack => $"Rolled back: {verdict.Sentence}",
            _ => $"The verdict on {model} does not say which version was judged: run again with --from verdict.",
        };
    }
}
