using Touchstone.Domain;
using Touchstone.Serving.Slates;

namespace Touchstone.Applications.Storefront;

/// <summary>A slate that words have found.</summary>
/// <param name="Slate">The slate.</param>
/// <param name="MatchCount">All products that match.</param>
/// <param name="Facets">Field → counts over all matches.</param>
public sealed record FoundSlate(Slate Slate, int MatchCount, IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Facets);
