using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Applications.Storefront;
using Touchstone.Data.Configuration;
using Touchstone.Server.Reload;
using Touchstone.Serving.Exposures;
using Touchstone.Serving.Slates;

namespace Touchstone.Server.Endpoints;

/// <summary>Where every slate leaves the house: made from the state of the moment, recorded, and only then answered.</summary>
internal sealed class SlateDesk(LiveShop live, ExposureLog exposures, ShopConfiguration shop, TimeProvider time)
{
    /// <summary>A slate with what belongs to its answer and its exposures.</summary>
    /// <param name="Slate">The slate.</param>
    /// <param name="Shopper">The shopper as facts keep the id.</param>
    /// <param name="Context">What goes into the exposure's context.</param>
    /// <param name="Answer">Makes the answer of the form that is common to all.</param>
    internal sealed record Order(Slate Slate, string? Shopper, JsonObject Context, Func<SlateAnswer, SlateAnswer> Answer);

    /// <summary>A new id.</summary>
    public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Makes, records and answers a slate.</summary>
    /// <param name="http">The request.</param>
    /// <param name="surface">Where it is shown.</param>
    /// <param name="make">Makes the slate from a state; runs while that state is held.</param>
    public async Task AnswerAsync(HttpContext http, string surface, Func<ServedShop, Outcome<Order>> make)
    {
        var start = time.GetTimestamp();
        if (live.Take() is not { } state)
        {
            await Problems.NotReadyAsync(http, live.Trouble ?? "The models are being loaded.").ConfigureAwait(false);
            return;
        }

        Outcome<Order> outcome;
        try
        {
            outcome = make(state.Value);
        }
        finally
        {
            state.Release();
        }

        if (outcome.Value is not { } order)
        {
            await Problems.RefusedAsync(http, outcome.Refusal ?? throw new UnreachableException("Neither a slate nor a refusal.")).ConfigureAwait(false);
            return;
        }

        var rank = time.GetElapsedTime(start).TotalMilliseconds;
        var answer = order.Answer(new SlateAnswer
        {
            Slate = order.Slate.Id.ToString(),
            Surface = surface,
            Model = order.Slate.Policy.Model,
            Version = order.Slate.Policy.Version,
            ServedAs = SlateAnswer.Word(order.Slate.Policy.Right),
            Currency = shop.Currency.Length == 0 ? null : shop.Currency,
            Items = SlateAnswer.ItemsOf(order.Slate),
            TimingMs = new SlateAnswer.Timing(Math.Round(rank, 3), 0),
        });
        try
        {
            await exposures.AppendAsync(Showing(http, surface, order, answer.QueryId).ToExposures(), http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await Problems.NotRecordedAsync(http, fault.Message).ConfigureAwait(false);
            return;
        }

        var record = time.GetElapsedTime(start).TotalMilliseconds - rank;
        await http.Response.WriteAsJsonAsync(answer with { TimingMs = answer.TimingMs with { Record = Math.Round(record, 3) } }, AnswerJson.Options, http.RequestAborted).ConfigureAwait(false);
    }

    private SlateShowing Showing(HttpContext http, string surface, Order order, string? query)
    {
        order.Context["served_as"] = SlateAnswer.Word(order.Slate.Policy.Right);
        return new SlateShowing
        {
            Slate = order.Slate,
            Site = shop.Site,
            Surface = surface,
            OccurredAt = time.GetUtcNow().UtcDateTime,
            Request = http.TraceIdentifier,
            QueryId = query,
            Shopper = order.Shopper,
            Context = order.Context.ToJsonString(JsonSerializerOptions.Default),
        };
    }
}
