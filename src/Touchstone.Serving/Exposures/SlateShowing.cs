using Touchstone.Domain;
using Touchstone.Serving.Slates;

namespace Touchstone.Serving.Exposures;

/// <summary>A slate with the circumstances in which it is shown.</summary>
public sealed record SlateShowing
{
    /// <summary>The slate.</summary>
    public required Slate Slate { get; init; }

    /// <summary>Storefront.</summary>
    public required string Site { get; init; }

    /// <summary>Where it is shown: home, product page, search, e-mail.</summary>
    public required string Surface { get; init; }

    /// <summary>When it is served, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>Request that asked for it.</summary>
    public string? Request { get; init; }

    /// <summary>Query id, on a search slate.</summary>
    public string? QueryId { get; init; }

    /// <summary>Known shopper, as facts keep the id.</summary>
    public string? Shopper { get; init; }

    /// <summary>What the policy saw beside the history: a JSON object.</summary>
    public string? Context { get; init; }

    /// <summary>The rows to remember, one a product. The ranking is deterministic, so that every propensity is 1.</summary>
    public IReadOnlyList<Exposure> ToExposures()
    {
        var slate = Slate.Id.ToString();
        return
        [
            .. Slate.Items.Select(item => new Exposure
            {
                Site = Site,
                Slate = slate,
                EventId = ExposureEventId.Of(Slate.Id, item.Rank, item.Product).ToString(),
                Request = Request,
                Surface = Surface,
                QueryId = QueryId,
                Shopper = Shopper,
                OccurredAt = OccurredAt,
                Policy = Slate.Policy.Model,
                PolicyVersion = Slate.Policy.Version,
                EligibleCount = Slate.EligibleCount,
                EligibleHash = Slate.EligibleHash,
                RuleVersion = Slate.RuleVersion,
                CandidateSource = Slate.CandidateSource,
                Context = Context,
                Product = item.Product,
                Rank = item.Rank,
                Score = item.Score,
                Price = Price(item.Price),
                MarginalPropensity = 1,
                ConditionalPropensity = 1,
            }),
        ];
    }

    private static decimal? Price(double price) => double.IsNaN(price) || Math.Abs(price) > 1e24 ? null : (decimal)price;
}
