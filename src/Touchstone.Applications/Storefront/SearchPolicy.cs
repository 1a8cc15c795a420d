using Touchstone.Domain;
using Touchstone.Serving.Rollout;

namespace Touchstone.Applications.Storefront;

/// <summary>A searcher with its right to serve.</summary>
/// <param name="Policy">Name, version (hash of the index) and right.</param>
/// <param name="Searcher">The searcher.</param>
public sealed record SearchPolicy(ServingPolicy Policy, ISearcher Searcher);
