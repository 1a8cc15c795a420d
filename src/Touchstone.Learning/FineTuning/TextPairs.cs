using Touchstone.Domain;
using Touchstone.Models.Features;

namespace Touchstone.Learning.FineTuning;

/// <summary>
/// Texts that belong together: products that a shopper took one after the other, queries with the product that was taken, and the texts of one
/// product in several languages.
/// </summary>
public sealed class TextPairs
{
    private TextPairs(string[] texts, int[] firsts, int[] seconds) => (Texts, Firsts, Seconds) = (texts, firsts, seconds);

    /// <summary>[text] those of the catalogue in its order, then distinct queries.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>[pair] text.</summary>
    public IReadOnlyList<int> Firsts { get; }

    /// <summary>[pair] text of a product that belongs to it.</summary>
    public IReadOnlyList<int> Seconds { get; }

    /// <summary>Of training rows, queries, and a product's texts in several languages.</summary>
    /// <param name="catalogue">The catalogue's texts; pairs of products without text are left out.</param>
    /// <param name="histories">Training rows.</param>
    /// <param name="queries">Query and product, or none; a query belongs to the product's text in each language.</param>
    /// <param name="window">How many products ahead still belong together.</param>
    public static TextPairs Of(ProductTexts catalogue, TrainingHistories histories, IReadOnlyList<(string Query, int Product)> queries, int window)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(queries);
        var texts = catalogue.Texts;
        List<string> all = [.. texts];
        List<int> firsts = [], seconds = [];
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            var rows = histories.ProductIndexes.AsSpan(histories.Offsets[unit]..histories.Offsets[unit + 1]);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = i + 1; j < rows.Length && j <= i + window; j++)
                {
                    if (rows[i] == rows[j] || texts[rows[i]].Length == 0 || texts[rows[j]].Length == 0) continue;
                    firsts.Add(rows[i]);
                    seconds.Add(rows[j]);
                }
            }
        }

        var ofProduct = Enumerable.Range(0, texts.Count).ToLookup(text => catalogue.Owners[text]);
        for (var text = catalogue.Products.Count; text < texts.Count; text++)
        {
            if (texts[catalogue.Owners[text]].Length == 0) continue;
            firsts.Add(text);
            seconds.Add(catalogue.Owners[text]);
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (query, product) in queries)
        {
            if (!numbers.TryGetValue(query, out var number))
            {
                numbers.Add(query, number = all.Count);
                all.Add(query);
            }

            foreach (var text in ofProduct[product].Where(text => texts[text].Length > 0))
            {
                firsts.Add(number);
                seconds.Add(text);
            }
        }

        return new TextPairs([.. all], [.. firsts], [.. seconds]);
    }
}
