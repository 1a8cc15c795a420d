using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Writes the exposure log: one JSON object a slate position, in order of time, keys as in Domain's Exposure.</summary>
internal sealed class ExposureWriter(Market market, SimulatedShopOptions options, LogCollector log)
{
    private readonly Dictionary<SlateContext, (string Hash, string Version, string Features)> _texts = [];

    /// <summary>Rows written.</summary>
    public int RowCount { get; private set; }

    /// <summary>Slates written.</summary>
    public int SlateCount { get; private set; }

    /// <summary>Writes the file.</summary>
    public void Write(string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var slates = log.Slates.Where(slate => slate.IsLogged).ToArray();
        Array.Sort(slates, static (left, right) =>
        {
            var byTime = left.AtMs.CompareTo(right.AtMs);
            return byTime != 0 ? byTime : left.Shopper.CompareTo(right.Shopper);
        });
        var buffer = new ArrayBufferWriter<byte>(1 << 17);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        for (var i = 0; i < slates.Length; i++)
        {
            if (i % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((double)i / slates.Length);
            }

            Write(json, buffer, slates[i]);
            if (buffer.WrittenCount < 1 << 16) continue;
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        stream.Write(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, SlateRow slate)
    {
        SlateCount++;
        var context = slate.Context;
        var texts = Texts(context);
        Span<int> candidates = stackalloc int[slate.Length];
        for (var position = 0; position < slate.Length; position++) candidates[position] = log.Candidates[slate.FirstCandidate + position];
        Span<double> conditional = stackalloc double[slate.Length];
        PlackettLuce.Conditional(context.Weights, candidates, conditional);
        var (shopper, session) = (Ids.Shopper(slate.Shopper), Ids.Session(slate.Shopper, slate.Session));
        var (id, request) = (Ids.Slate(options.Seed, slate.AtMs, slate.Shopper, slate.Sequence), Ids.Request(options.Seed, slate.AtMs, slate.Shopper, slate.Sequence));
        var time = Calendar.Iso(slate.AtMs);
        for (var position = 0; position < slate.Length; position++)
        {
            RowCount++;
            var candidate = candidates[position];
            var product = context.Candidates[candidate];
            json.Reset();
            json.WriteStartObject();
            json.WriteString("site", Ids.Site);
            json.WriteString("slate", id);
            json.WriteString("event_id", Ids.Exposure(options.Seed, slate.AtMs, slate.Shopper, slate.Sequence, position + 1));
            json.WriteString("request", request);
            json.WriteString("surface", SurfaceName(context.Surface));
            if (slate.QuerySequence >= 0) json.WriteString("query_id", Ids.Event(options.Seed, slate.QueryAtMs, slate.Shopper, slate.QuerySequence));
            json.WriteString("shopper", shopper);
            json.WriteString("session", session);
            json.WriteString("occurred_at", time);
            json.WriteString("policy", LoggingPolicy.Name);
            json.WriteString("policy_version", texts.Version);
            json.WriteNumber("eligible_count", context.Candidates.Length);
            json.WriteString("eligible_hash", texts.Hash);
            json.WriteString("rule_version", "available-1");
            json.WriteString("candidate_source", "catalogue");
            json.WriteString("context", texts.Features);
            json.WriteString("product", market.Catalogue.Table.Ids[product]);
            json.WriteNumber("rank", position + 1);
            json.WriteNumber("score", context.Scores[candidate]);
            json.WriteNumber("price", market.Catalogue.PriceCents[product] / 100m);
            json.WriteBoolean("is_available", true);
            json.WriteNumber("marginal_propensity", context.Marginals[(candidate * LoggingPolicy.SlateLength) + position]);
            json.WriteNumber("conditional_propensity", conditional[position]);
            json.WriteBoolean("is_viewed", (slate.Looked >> position & 1) != 0);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
        }
    }

    private (string Hash, string Version, string Features) Texts(SlateContext context)
    {
        if (_texts.TryGetValue(context, out var texts)) return texts;
        var eligible = StableHash.Of(string.Join('\n', context.Candidates.Select(product => market.Catalogue.Table.Ids[product])));
        var scores = StableHash.Of(string.Join('\n', context.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture))), eligible);
        var features = context.Leaf < 0
            ? FormattableString.Invariant($"{{\"month\":{context.Month}}}")
            : FormattableString.Invariant($"{{\"month\":{context.Month},\"category\":\"{Vocabulary.Leaves[context.Leaf].English}\"}}");
        texts = (eligible.ToString("x16", CultureInfo.InvariantCulture), scores.ToString("x16", CultureInfo.InvariantCulture), features);
        _texts.Add(context, texts);
        return texts;
    }

    private static string SurfaceName(Surface surface) => surface switch
    {
        Surface.Home => "home",
        Surface.Category => "category",
        Surface.Search => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(surface), surface, "Not a surface."),
    };
}
