using System.Text.Json.Nodes;
using Touchstone.Domain;

namespace Touchstone.Server.Endpoints;

/// <summary><c>GET /v1/search</c>: products for words.</summary>
internal static class SearchEndpoint
{
    private const int MostFilters = 20;

    private static readonly string[] Parameters = ["q", "count", "filter", "facet", "model", "surface", "slate", "shopper"];

    /// <summary>Adds the address.</summary>
    public static void Map(WebApplication app)
    {
        var desk = app.Services.GetRequiredService<SlateDesk>();
        app.MapGet("/v1/search", (RequestDelegate)(http => AnswerAsync(http, desk)));
    }

    private static Task AnswerAsync(HttpContext http, SlateDesk desk)
    {
        var query = new QueryReader(http.Request.Query, Parameters);
        var shopper = query.Text("shopper");
        var surface = query.Word("surface", "search");
        var slateId = query.Id("slate") ?? desk.NewId();
        var model = query.Text("model");
        var request = new SearchRequest
        {
            Text = query.Text("q") ?? "",
            Count = query.Whole("count", 10, 1, 100),
            Filters = query.Pairs("filter", MostFilters),
            Facets = query.Texts("facet", MostFilters),
        };
        if (query.Fault is { } fault) return Problems.BadRequestAsync(http, fault);
        if (string.IsNullOrWhiteSpace(request.Text)) return Problems.BadRequestAsync(http, "q is empty; write the words to search for, e.g. /v1/search?q=headphones.");
        var queryId = desk.NewId().ToString();
        return desk.AnswerAsync(http, surface, state => state.Policies.Search(slateId, model, request).Select(found => new SlateDesk.Order(
            found.Slate,
            state.Shoppers.Stored(shopper),
            Context(request),
            answer => answer with { QueryId = queryId, MatchCount = found.MatchCount, Facets = request.Facets.Count == 0 ? null : found.Facets })));
    }

    private static JsonObject Context(SearchRequest request)
    {
        var context = new JsonObject { ["query"] = request.Text };
        if (request.Filters.Count > 0) context["filters"] = new JsonObject(request.Filters.Select(filter => KeyValuePair.Create(filter.Key, (JsonNode?)JsonValue.Create(filter.Value))));
        return context;
    }
}
