using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// Writes the search log: one JSON object a search with its number of results, in order of time. Beside the search rows of the events it holds searches
/// that found nothing: a misspelling before a search, after which the shopper spells it right, and a thing that the shop does not carry, after which the
/// shopper leaves. They are no events (the shop's tracker writes one where results are shown), and come from a stream of their own: all other files are as
/// without them.
/// </summary>
internal sealed class SearchWriter(SimulatedShopOptions options, LogCollector log)
{
    private const double MisspeltRate = 0.06, NotCarriedRate = 0.04;
    private const long MisspeltBeforeMs = 4_000, LeavesAfterMs = 40_000;
    private readonly ulong _stream = options.Seed.For("simulated-shop/searches").Value;

    /// <summary>Rows written.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows that found nothing.</summary>
    public int ZeroResultCount { get; private set; }

    /// <summary>Writes the file.</summary>
    public void Write(string path, CancellationToken cancellationToken)
    {
        var searches = Searches();
        // Stable, so that equal times keep the order of shoppers.
        SearchRow[] sorted = [.. searches.OrderBy(search => search.AtMs)];
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        foreach (var search in sorted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowCount++;
            if (search.ResultCount == 0) ZeroResultCount++;
            json.Reset();
            json.WriteStartObject();
            json.WriteString("occurred_at", Calendar.Iso(search.AtMs));
            json.WriteString("shopper", Ids.Shopper(search.Shopper));
            json.WriteString("session", Ids.Session(search.Shopper, search.Session));
            json.WriteString("query", search.Query);
            json.WriteNumber("results", search.ResultCount);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < 1 << 15) continue;
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        stream.Write(buffer.WrittenSpan);
    }

    private List<SearchRow> Searches()
    {
        // A search for a kind of product found what its slate was filled from; one for a product found that product.
        var found = log.Slates.Where(slate => slate.QuerySequence >= 0).ToDictionary(slate => (slate.Shopper, slate.QuerySequence), slate => slate.Context.Candidates.Length);
        List<SearchRow> searches = [];
        for (var i = 0; i < log.Rows.Count; i++)
        {
            if (log.Rows[i] is not { Kind: InteractionKind.Search, Query: { } query } row) continue;
            var random = new ShopperRandom(_stream ^ ((ulong)row.Shopper << 24) ^ (ulong)row.Sequence);
            var (misspelt, notCarried, which) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            if (misspelt < MisspeltRate) searches.Add(new SearchRow(row.AtMs - MisspeltBeforeMs, row.Shopper, row.Session, Misspelt(query, which), 0));
            searches.Add(new SearchRow(row.AtMs, row.Shopper, row.Session, query, found.GetValueOrDefault((row.Shopper, row.Sequence), 1)));
            if (notCarried >= NotCarriedRate) continue;
            var (english, chinese) = Vocabulary.NotCarried[(int)(which * Vocabulary.NotCarried.Length)];
            searches.Add(new SearchRow(LastMs(i) + LeavesAfterMs, row.Shopper, row.Session, query[0] > '\u2E7F' ? chinese : english, 0));
        }

        return searches;
    }

    // A visit's rows stand together, but for returns, which come much later.
    private long LastMs(int from)
    {
        var last = log.Rows[from];
        for (var i = from + 1; i < log.Rows.Count && log.Rows[i] is var row && row.Shopper == last.Shopper && row.Session == last.Session; i++)
            if (row.Kind != InteractionKind.Return) last = row;
        return last.AtMs;
    }

    /// <summary>Two neighbours in the other order; one letter twice where that changes nothing.</summary>
    private static string Misspelt(string query, double which)
    {
        var at = query.Length < 2 ? 0 : (int)(which * (query.Length - 1));
        return query.Length < 2 || query[at] == query[at + 1]
            ? query.Insert(at, query[at].ToString())
            : string.Concat(query.AsSpan(0, at), query[at + 1].ToString(), query[at].ToString(), query.AsSpan(at + 2));
    }

    private readonly record struct SearchRow(long AtMs, int Shopper, int Session, string Query, int ResultCount);
}
