using Touchstone.Domain;

namespace Touchstone.Learning.FineTuning;

/// <summary>
/// Texts that belong together: products that a shopper took one after the other, and queries with the product that was taken. Texts are numbered:
/// products first, then queries.
/// </summary>
public sealed class TextPairs
{
    private TextPairs(string[] texts, int productCount, int[] firsts, int[] seconds) => (Texts, ProductCount, Firsts, Seconds) = (texts, productCount, firsts, seconds);

    /// <summary>[text] products by index, then distinct queries.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>How many of the texts are products.</summary>
    public int ProductCount { get; }

    /// <summary>[pair] text.</summary>
    public IReadOnlyList<int> Firsts { get; }

    /// <summary>[pair] product that belongs to it.</summary>
    public IReadOnlyList<int> Seconds { get; }

    /// <summary>Of training rows.</summary>
    /// <param name="texts">[product] texts; pairs of products without text are left out.</param>
    /// <param name="histories">Training rows.</param>
    /// <param name="queries">Query and product, or none.</param>
    /// <param name="window">How many products ahead still belong together.</param>
    public static TextPairs Of(IReadOnlyList<string> texts, TrainingHistories histories, IReadOnlyList<(string Query, int Product)> queries, int window)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(queries);
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

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (query, product) in queries)
        {
            if (texts[product].Length == 0) continue;
            if (!numbers.TryGetValue(query, out var number))
            {
                numbers.Add(query, number = all.Count);
                all.Add(query);
            }

            firsts.Add(number);
            seconds.Add(product);
        }

        return new TextPairs([.. all], texts.Count, [.. firsts], [.. seconds]);
    }
}
