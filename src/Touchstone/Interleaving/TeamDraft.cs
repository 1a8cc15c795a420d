using Touchstone.Numerics;

namespace Touchstone.Interleaving;

/// <summary>
/// Team-draft interleaving of two rankings (Radlinski, Kurup and Joachims 2008): a coin is thrown only when the teams are equally large.
/// Team 0 is the first ranking's. A click counts for its product's team. It cannot see every difference: see docs/metrics.md.
/// </summary>
public static class TeamDraft
{
    /// <summary>Draws a list.</summary>
    /// <param name="first">[rank − 1] the first ranking, distinct products.</param>
    /// <param name="second">[rank − 1] the second ranking, distinct products.</param>
    /// <param name="k">Most products shown, from 1.</param>
    /// <param name="random">Source of the coins.</param>
    public static InterleavedList Draw(IReadOnlyList<string> first, IReadOnlyList<string> second, int k, SeededRandom random) =>
        TeamDraftMultileaving.Draw([first, second], k, random);

    /// <summary>All outcomes with their exact probabilities.</summary>
    public static IReadOnlyList<InterleavedList> Allowed(IReadOnlyList<string> first, IReadOnlyList<string> second, int k) =>
        TeamDraftMultileaving.Allowed([first, second], k);
}
