using static Touchstone.Evaluation.Indicators.IndicatorDirection;
using static Touchstone.Evaluation.Indicators.IndicatorFamily;

namespace Touchstone.Evaluation.Indicators;

/// <summary>All named indicators.</summary>
public static class IndicatorCatalogue
{
    /// <summary>The catalogue, by family.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        new("conversion_rate", Satisfaction, "sessions with a purchase / sessions", "share", Higher, "purchases, sessions", 0.02),
        new("buyer_rate", Satisfaction, "shoppers with a purchase / shoppers", "share", Higher, "purchases", 0.02),
        new("revenue_per_visitor", Satisfaction, "revenue of order lines, before returns / shoppers", "money", Higher, "purchases", 0.02),
        new("margin_per_visitor", Satisfaction, "margin of order lines, before returns / shoppers", "money", Higher, "purchases", 0.02),
        new("order_value", Satisfaction, "revenue of order lines / orders", "money", Higher, "purchases", 0.05),
        new("lines_per_order", Satisfaction, "order lines / orders", "lines", Higher, "purchases"),
        new("repeat_purchase_rate", Satisfaction, "buyers with two orders or more / buyers", "share", Higher, "purchases", 0.05),
        new("retention_28d", Satisfaction, "shoppers seen again 1 to 28 days after they were first seen / shoppers first seen 28 days or more before the log ends", "share", Higher, "events", 0.05),
        new("return_rate", Satisfaction, "returned lines / order lines", "share", Lower, "purchases, returns", 0.05),
        new("returned_revenue_share", Satisfaction, "revenue paid back / revenue", "share", Lower, "purchases, returns", 0.05),
        new("mean_rating", Satisfaction, "mean of ratings, in their own scale", "rating", Higher, "ratings", 0.02),
        new("low_rating_share", Satisfaction, "ratings of 2 or less / ratings", "share", Lower, "ratings", 0.05),

        new("click_through_rate", Recommendation, "products clicked in slates / products shown", "share", Higher, "exposures, clicks", 0.05),
        new("slate_click_rate", Recommendation, "slates with a click / slates", "share", Higher, "exposures, clicks", 0.05),
        new("seen_click_rate", Recommendation, "products clicked / products seen (served is not seen)", "share", Higher, "exposures, clicks"),
        new("first_rank_click_share", Recommendation, "clicks on the first rank / clicks in slates", "share", Neither, "exposures, clicks"),
        new("slate_cart_rate", Recommendation, "clicked products put into the cart in the same session / clicked products", "share", Higher, "exposures, clicks, carts", 0.05),
        new("slate_purchase_rate", Recommendation, "clicked products bought in the same session / clicked products", "share", Higher, "exposures, clicks, purchases", 0.05),
        new("slate_revenue_share", Recommendation, "revenue of products clicked before in a slate of the session / revenue of sessions with slates", "share", Higher, "exposures, clicks, purchases", 0.05),
        new("margin_per_1000_exposures", Recommendation, "1,000 × margin of products clicked before in a slate of the session / products shown", "money", Higher, "exposures, clicks, purchases", 0.05),
        new("product_coverage", Recommendation, "products shown at least once / products", "share", Higher, "exposures, catalogue", 0.1),
        new("exposure_gini", Recommendation, "Gini of how often each product is shown, never-shown ones included", "0 even, 1 concentrated", Lower, "exposures, catalogue", 0.1),
        new("tail_exposure_share", Recommendation, "exposures of products outside the fifth that sells most / exposures", "share", Higher, "exposures, purchases", 0.1),
        new("slate_diversity", Recommendation, "mean over slates of distinct categories / products with a category", "share", Higher, "exposures, catalogue"),

        new("views_per_session", Experience, "products looked at / sessions", "views", Higher, "views", 0.05),
        new("sessions_without_view_share", Experience, "sessions without a product looked at / sessions", "share", Lower, "views, sessions", 0.05),
        new("dwell_seconds", Experience, "mean time from looking at a product to the next event of the session, at most 30 minutes", "seconds", Higher, "views"),
        new("session_seconds", Experience, "mean time from a session's first to its last event, sessions of two events or more", "seconds", Neither, "events"),
        new("seconds_to_first_view", Experience, "mean time from a session's first event or slate to the first product looked at", "seconds", Lower, "views, exposures", 0.1),
        new("add_to_cart_rate", Experience, "products put into the cart / products looked at", "share", Higher, "views, carts", 0.05),
        new("cart_completion_rate", Experience, "sessions with cart and purchase / sessions with a cart", "share", Higher, "carts, purchases", 0.05),
        new("search_rate", Experience, "sessions with a search / sessions", "share", Neither, "searches"),
        new("search_click_rate", Experience, "searches after which a product is looked at before the next search / searches", "share", Higher, "searches, views", 0.05),
        new("reformulation_rate", Experience, "searches whose next event in the session is a search in other words / searches", "share", Lower, "searches", 0.1),
        new("search_exit_rate", Experience, "searches after which nothing follows in the session / searches", "share", Lower, "searches", 0.1),
        new("zero_result_rate", Experience, "searches that found nothing / searches, of the search log", "share", Lower, "search log", 0.1),

        new("latency_p50_ms", Technical, "median duration of requests (type 7)", "ms", Lower, "requests", 0.1),
        new("latency_p95_ms", Technical, "95 % quantile of the duration of requests (type 7)", "ms", Lower, "requests", 0.1),
        new("latency_p99_ms", Technical, "99 % quantile of the duration of requests (type 7)", "ms", Lower, "requests", 0.1),
        new("error_rate", Technical, "failed requests / requests", "share", Lower, "requests", 0.1),
        new("availability", Technical, "minutes in which at least half of the requests succeed / minutes with requests", "share", Higher, "requests", 0.001),
        new("cost_per_1000_requests", Technical, "what serving 1,000 requests costs", "money", Lower, "shop.yaml"),
        new("model_parameters", Technical, "numbers in the champion's weights", "parameters", Lower, "model registry"),
        new("model_size_mib", Technical, "size of the champion's folder", "MiB", Lower, "model registry"),
        new("model_age_days", Technical, "days from the champion's training to now", "days", Lower, "model registry"),
    ];

    /// <summary>A definition by its name, or null.</summary>
    public static IndicatorDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
}
