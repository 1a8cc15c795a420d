using System.Globalization;
using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Touchstone.Domain;

namespace Touchstone.Search.Lexical;

/// <summary>An open index of words. Safe from many threads.</summary>
internal sealed class LexicalIndex : IDisposable
{
    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    private LexicalIndex(FSDirectory directory, DirectoryReader reader, AtomicReader? segment)
    {
        (_directory, _reader, Segment) = (directory, reader, segment);
        foreach (var (key, value) in reader.IndexCommit.UserData)
        {
            if (key.StartsWith(LexicalFields.CountKey(""), StringComparison.Ordinal))
                _counts[key[LexicalFields.CountKey("").Length..]] = int.Parse(value, CultureInfo.InvariantCulture);
        }

        Products = ReadProducts(reader);
    }

    /// <summary>What filters, facets and hits read.</summary>
    public ProductColumns Products { get; }

    /// <summary>Analyzer → products that have words under it.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>The one segment; null where there are no products.</summary>
    internal AtomicReader? Segment { get; }

    /// <summary>Opens an index.</summary>
    /// <exception cref="SearchIndexException">There is none, it is damaged, or it was not written by this program.</exception>
    public static LexicalIndex Open(string folder)
    {
        if (!System.IO.Directory.Exists(folder)) throw new SearchIndexException($"{folder} is not there; run the stage index.");
        var directory = FSDirectory.Open(folder, NoLockFactory.GetNoLockFactory());
        try
        {
            var reader = DirectoryReader.Open(directory);
            return reader.Leaves.Count <= 1
                ? new LexicalIndex(directory, reader, reader.Leaves.Count == 0 ? null : reader.Leaves[0].AtomicReader)
                : throw new SearchIndexException($"{folder} has {reader.Leaves.Count} segments; Touchstone writes one. Run the stage index again.");
        }
        catch (Exception cause) when (cause is IOException or JsonException or FormatException or ArgumentException)
        {
            directory.Dispose();
            throw new SearchIndexException($"{folder} cannot be read as an index: {cause.Message} Run the stage index again.", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    private static ProductColumns ReadProducts(DirectoryReader reader)
    {
        var (ids, texts, prices) = (new string[reader.MaxDoc], new IReadOnlyList<CatalogueText>[reader.MaxDoc], new double[reader.MaxDoc]);
        for (var product = 0; product < ids.Length; product++)
        {
            var document = reader.Document(product);
            ids[product] = document.Get(LexicalFields.Id);
            var shown = JsonSerializer.Deserialize<string[][]>(document.Get(LexicalFields.Shown)) ?? [];
            texts[product] = [.. shown.Select(text => new CatalogueText(text[0], text[1], text[2], text[3], ""))];
            prices[product] = document.Get(LexicalFields.Price) is { } price ? double.Parse(price, CultureInfo.InvariantCulture) : double.NaN;
        }

        return new ProductColumns(ids, texts, prices);
    }
}
