using Touchstone.Domain;
using Touchstone.Serving.Rollout;
using Touchstone.Serving.Slates;

namespace Touchstone.Server.Endpoints;

/// <summary>The answer of <c>/v1/recommendations</c> and <c>/v1/search</c>.</summary>
internal sealed record SlateAnswer
{
    /// <summary>Id of the slate: send it back with what the shopper does.</summary>
    public required string Slate { get; init; }

    /// <summary>Where it is shown.</summary>
    public required string Surface { get; init; }

    /// <summary>Model that ranked it.</summary>
    public required string Model { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary><c>champion</c>, or <c>admitted</c> by its verdict.</summary>
    public required string ServedAs { get; init; }

    /// <summary>Currency of the prices; left out where the shop states none.</summary>
    public string? Currency { get; init; }

    /// <summary>Id of the query, on a search.</summary>
    public string? QueryId { get; init; }

    /// <summary>All products that match, on a search.</summary>
    public int? MatchCount { get; init; }

    /// <summary>Field → value and count, on a search that asks for facets.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>? Facets { get; init; }

    /// <summary>Products, best first.</summary>
    public required IReadOnlyList<Item> Items { get; init; }

    /// <summary>What took how long.</summary>
    public required Timing TimingMs { get; init; }

    /// <summary>The right as answers and exposures write it.</summary>
    public static string Word(ServingRight right) => right switch
    {
        ServingRight.Champion => "champion",
        ServingRight.Admitted => "admitted",
        _ => throw new ArgumentOutOfRangeException(nameof(right), right, "Unknown right."),
    };

    /// <summary>The products of a slate.</summary>
    public static IReadOnlyList<Item> ItemsOf(Slate slate) =>
        [.. slate.Items.Select(item => new Item(item.Product, item.Title.Length == 0 ? null : item.Title, double.IsNaN(item.Price) ? null : item.Price, item.Rank, item.Score))];

    /// <summary>One product.</summary>
    /// <param name="Product">Id.</param>
    /// <param name="Title">Title; left out where the catalogue has none.</param>
    /// <param name="Price">Price of one unit; left out where unknown.</param>
    /// <param name="Rank">Position, from 1.</param>
    /// <param name="Score">Score.</param>
    internal sealed record Item(string Product, string? Title, double? Price, int Rank, double Score);

    /// <summary>Milliseconds.</summary>
    /// <param name="Rank">Finding and ranking the products.</param>
    /// <param name="Record">Making the exposures durable.</param>
    internal sealed record Timing(double Rank, double Record);
}
