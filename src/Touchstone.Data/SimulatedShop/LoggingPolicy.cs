using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// The policy that wrote the log: Plackett–Luce over the eligible products of a surface (home: all that can be bought this month;
/// category and search: those of the leaf), with a score of appeal and season seen through noise that is drawn anew each month. It does not
/// know the shopper, so that a context has one table of exact marginal propensities.
/// </summary>
internal sealed class LoggingPolicy
{
    /// <summary>Products a slate.</summary>
    public const int SlateLength = 6;

    /// <summary>Name in exposures.</summary>
    public const string Name = "popularity-sampled";

    private readonly SlateContext[] _contexts;

    /// <summary>Prepares the contexts of all months.</summary>
    public LoggingPolicy(Catalogue catalogue, int months, Func<int, int, double> season, Seed seed)
    {
        var leaves = Vocabulary.Leaves.Length;
        _contexts = new SlateContext[months * (1 + (2 * leaves))];
        var all = Enumerable.Range(0, catalogue.Count).ToArray();
        for (var month = 0; month < months; month++)
        {
            var random = seed.For("simulated-shop/logging-policy", month).NewRandom();
            var noise = new double[catalogue.Count];
            for (var product = 0; product < noise.Length; product++) noise[product] = random.NextNormal();
            _contexts[Place(month, Surface.Home, -1)] = Make(Surface.Home, -1, month, all);
            for (var leaf = 0; leaf < leaves; leaf++)
            {
                _contexts[Place(month, Surface.Category, leaf)] = Make(Surface.Category, leaf, month, catalogue.Members[leaf]);
                _contexts[Place(month, Surface.Search, leaf)] = Make(Surface.Search, leaf, month, catalogue.Members[leaf]);
            }

            SlateContext Make(Surface surface, int leaf, int at, int[] members)
            {
                int[] candidates = [.. members.Where(product => catalogue.Available[at][product])];
                var scores = new double[candidates.Length];
                for (var i = 0; i < scores.Length; i++)
                {
                    var product = candidates[i];
                    var demand = surface == Surface.Home ? Math.Log(season(at, catalogue.LeafOf[product])) : 0;
                    scores[i] = (0.9 * catalogue.Appeals[product]) + demand + (0.5 * noise[product]) + (surface == Surface.Search ? 0.3 * random.NextNormal() : 0);
                }

                return new SlateContext(surface, leaf, at, candidates, scores);
            }
        }
    }

    /// <summary>All contexts.</summary>
    public IReadOnlyList<SlateContext> Contexts => _contexts;

    /// <summary>The context of a slate.</summary>
    public SlateContext At(int month, Surface surface, int leaf) => _contexts[Place(month, surface, leaf)];

    private static int Place(int month, Surface surface, int leaf)
    {
        var first = month * (1 + (2 * Vocabulary.Leaves.Length));
        return surface switch
        {
            Surface.Home => first,
            Surface.Category => first + 1 + leaf,
            Surface.Search => first + 1 + Vocabulary.Leaves.Length + leaf,
            _ => throw new ArgumentOutOfRangeException(nameof(surface), surface, "Not a surface."),
        };
    }
}
