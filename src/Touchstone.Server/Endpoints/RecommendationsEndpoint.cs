using System.Text.Json.Nodes;
using Touchstone.Applications.Storefront;

namespace Touchstone.Server.Endpoints;

/// <summary><c>GET /v1/recommendations</c>: products for a shopper, or for products at hand.</summary>
internal static class RecommendationsEndpoint
{
    private const int MostProducts = 100;

    private static readonly string[] Parameters = ["shopper", "product", "count", "model", "surface", "slate"];

    /// <summary>Adds the address.</summary>
    public static void Map(WebApplication app)
    {
        var desk = app.Services.GetRequiredService<SlateDesk>();
        app.MapGet("/v1/recommendations", (RequestDelegate)(http => AnswerAsync(http, desk)));
    }

    private static Task AnswerAsync(HttpContext http, SlateDesk desk)
    {
        var query = new QueryReader(http.Request.Query, Parameters);
        var shopper = query.Text("shopper");
        var surface = query.Word("surface", "home");
        var request = new SlateRequest
        {
            Slate = query.Id("slate") ?? desk.NewId(),
            Products = query.Texts("product", MostProducts),
            Count = query.Whole("count", 10, 1, 100),
            Model = query.Text("model"),
        };
        if (query.Fault is { } fault) return Problems.BadRequestAsync(http, fault);
        return desk.AnswerAsync(http, surface, state =>
        {
            var stored = state.Shoppers.Stored(shopper);
            var outcome = state.Policies.Recommend(request with { Shopper = stored });
            return outcome.Select(slate => new SlateDesk.Order(slate, stored, Context(request), answer => answer));
        });
    }

    private static JsonObject Context(SlateRequest request)
    {
        var context = new JsonObject();
        if (request.Products.Count > 0) context["products"] = new JsonArray([.. request.Products.Select(product => JsonValue.Create(product))]);
        return context;
    }
}
