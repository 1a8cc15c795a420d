using System.Globalization;
using System.Text.Json;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Search.Lexical;

/// <summary>
/// Writes products into a Lucene index of one segment, in the order of their ids, so that Lucene's document number is the product's index and
/// the same products give the same bytes.
/// </summary>
internal static class LexicalIndexWriter
{
    private const double BufferMb = 256;

    private static readonly FieldType Words = new() { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS };

    /// <summary>Writes the index into an empty folder.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="products">The products, in any order; ids distinct.</param>
    /// <param name="analyzer">One analyzer for all texts; null: by each text's locale.</param>
    /// <param name="progress">Told how many products were written.</param>
    /// <param name="cancellationToken">Stops between products.</param>
    public static void Write(string folder, IReadOnlyList<CatalogueEntry> products, string? analyzer, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using var directory = FSDirectory.Open(folder, NoLockFactory.GetNoLockFactory());
        var settings = new IndexWriterConfig(Analyzers.Version, new FieldAnalyzer())
        {
            OpenMode = OpenMode.CREATE,
            Similarity = new ExactLengthSimilarity(1.2, 0.75),
            RAMBufferSizeMB = BufferMb,
            MergePolicy = new LogDocMergePolicy(),
            MergeScheduler = new SerialMergeScheduler(),
            UseCompoundFile = false,
            Codec = new UndatedCodec(),
        };
        using var writer = new IndexWriter(directory, settings);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var written = 0;
        foreach (var product in products.OrderBy(product => product.Id, Utf8Ordinal.Comparer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.AddDocument(Document(product, analyzer, counts));
            if (++written % 1000 == 0) progress?.Report(written);
        }

        writer.ForceMerge(1);
        writer.SetCommitData(counts.ToDictionary(pair => LexicalFields.CountKey(pair.Key), pair => pair.Value.ToString(CultureInfo.InvariantCulture)));
        writer.Commit();
        progress?.Report(written);
    }

    private static Document Document(CatalogueEntry product, string? analyzer, SortedDictionary<string, int> counts)
    {
        var document = new Document
        {
            new StoredField(LexicalFields.Id, product.Id),
            new StoredField(LexicalFields.Shown, JsonSerializer.Serialize(product.Texts.Select(text => new[] { text.Locale, text.Title, text.Brand, text.Category }))),
        };
        if (!double.IsNaN(product.Price)) document.Add(new StoredField(LexicalFields.Price, product.Price.ToString("R", CultureInfo.InvariantCulture)));
        var texts = new SortedDictionary<string, CatalogueText>(StringComparer.Ordinal);
        foreach (var text in product.Texts) texts.TryAdd(analyzer ?? Analyzers.NameFor(text.Locale, text.Title), text);
        var isFirst = true;
        foreach (var text in product.Texts)
        {
            // The first text of a language speaks for it; attributes have no language and join the first.
            var name = analyzer ?? Analyzers.NameFor(text.Locale, text.Title);
            if (!ReferenceEquals(texts[name], text)) continue;
            counts[name] = counts.GetValueOrDefault(name) + 1;
            Add(document, LexicalFields.Title, name, text.Title);
            Add(document, LexicalFields.Brand, name, text.Brand);
            Add(document, LexicalFields.Category, name, text.Category);
            Add(document, LexicalFields.Description, name, text.Description);
            if (isFirst) Add(document, LexicalFields.Attributes, name, AttributeWords.Of(product.Attributes));
            isFirst = false;
        }

        return document;
    }

    private static void Add(Document document, string field, string analyzer, string text)
    {
        if (text.Length == 0) return;
        // Plain words are the text as it stands; the languages' analyzers read what a shopper sees.
        document.Add(new Field(LexicalFields.Name(field, analyzer), analyzer == Analyzers.Plain ? text : Analyzers.Prepared(analyzer, MarkupText.Without(text)), Words));
    }
}
