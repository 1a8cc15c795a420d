using System.IO.Compression;
using System.Text.Json;
using FastBertTokenizer;
using ICU4N.Text;

namespace Touchstone.Tests.Models.Tokens;

/// <summary>
/// Ids equal to FastBertTokenizer 1.2.6's, whose own tests hold it against Hugging Face, over the shared English texts. It decomposes by
/// <c>string.Normalize</c>, which does nothing to letters beyond ASCII where globalisation is invariant, as here: there it is given the text
/// decomposed already (NFD by ICU4N).
/// </summary>
public sealed class FastBertParityTests
{
    [Fact]
    public void Beauty_titles_brands_and_categories_have_the_ids_of_FastBertTokenizer() =>
        AssertEqualIds(12_000, File.ReadLines(SharedData.Folder("data", "amazon-seq", "Beauty_items.tsv")).SelectMany(line => line.Split('\t')[2..6]));

    [Fact]
    public void Electronics_titles_names_and_descriptions_have_the_ids_of_FastBertTokenizer() =>
        AssertEqualIds(19_000, Enumerable.Range(1, 4).SelectMany(part => Electronics($"products-{part}.jsonl.gz")));

    [Fact]
    public void Questions_of_customers_have_the_ids_of_FastBertTokenizer() => AssertEqualIds(13_000, ((string[])
    [
        SharedData.Folder("data", "banking77", "train.csv"),
        SharedData.Folder("data", "banking77", "test.csv"),
        SharedData.Folder("data", "ecommerce-faq", "Ecommerce_FAQs.csv"),
    ]).SelectMany(File.ReadLines));

    [Fact]
    public void Questions_on_financial_reports_have_the_ids_of_FastBertTokenizer() =>
        AssertEqualIds(3_000, ((string[])["tatqa_dataset_dev.json.gz", "tatqa_dataset_test_gold.json.gz"]).SelectMany(Financial));

    private static void AssertEqualIds(int least, IEnumerable<string> texts)
    {
        var oracle = new BertTokenizer();
        oracle.LoadVocabulary(new StringReader(MiniLmVocabulary.Text), convertInputToLowercase: true);
        var count = 0;
        foreach (var text in texts)
        {
            var given = text.All(char.IsAscii) ? text : Normalizer2.NFDInstance.Normalize(text);
            var expected = oracle.Encode(given, 32_768).InputIds.Span[1..^1];
            var actual = MiniLmVocabulary.Tokenizer.Encode(text);
            if (!actual.Select(id => (long)id).SequenceEqual(expected.ToArray()))
                Assert.Fail($"Text {count}: {text}\nexpected {string.Join(' ', expected.ToArray())}\nactual   {string.Join(' ', actual)}");
            count++;
        }

        Assert.True(count >= least, $"Only {count} texts.");
    }

    private static IEnumerable<string> Electronics(string file)
    {
        foreach (var line in Lines(SharedData.Folder("data", "chorus-electronics", file)))
        {
            using var product = JsonDocument.Parse(line);
            foreach (var field in (string[])["title", "name", "short_description"])
            {
                if (product.RootElement.TryGetProperty(field, out var value) && value.GetString() is { } text) yield return text;
            }
        }
    }

    private static IEnumerable<string> Financial(string file)
    {
        using var contexts = JsonDocument.Parse(string.Join('\n', Lines(SharedData.Folder("data", "tatqa", file))));
        foreach (var context in contexts.RootElement.EnumerateArray())
        {
            foreach (var question in context.GetProperty("questions").EnumerateArray())
                yield return question.GetProperty("question").GetString() ?? "";
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
