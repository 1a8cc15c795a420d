using Touchstone.Domain;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Features;

/// <summary>
/// What the purchase classifier reads of a shopper and a product: the history, newest first, as the first segment, the product as the second.
/// The same in training and in serving.
/// </summary>
public sealed class PurchasePairs
{
    /// <summary>How many of the newest products of a history are read.</summary>
    public const int HistoryProducts = 5;

    /// <summary>Most tokens of each of these.</summary>
    public const int HistoryTokens = 12;

    /// <summary>Most tokens of the product.</summary>
    public const int ProductTokens = 36;

    /// <summary>Most tokens of a pair, special tokens included.</summary>
    public const int MaximumTokens = (HistoryProducts * HistoryTokens) + ProductTokens + 3;

    private readonly WordPieceVocabulary _vocabulary;
    private readonly int[][] _short, _long;

    /// <summary>Cuts all products into tokens once.</summary>
    /// <param name="products">The catalogue.</param>
    /// <param name="texts">[product] whole texts (see <see cref="ProductText"/>).</param>
    /// <param name="vocabulary">The classifier's vocabulary.</param>
    public PurchasePairs(ProductTable products, IReadOnlyList<string> texts, WordPieceVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(vocabulary);
        _vocabulary = vocabulary;
        var tokenizer = new WordPieceTokenizer(vocabulary);
        _short = new int[products.Count][];
        _long = new int[products.Count][];
        for (var i = 0; i < products.Count; i++)
        {
            _short[i] = tokenizer.Encode(ProductText.Abridged(products, i), HistoryTokens);
            _long[i] = tokenizer.Encode(texts[i], ProductTokens);
        }
    }

    /// <summary>A shopper with a product.</summary>
    /// <param name="history">Product indexes, oldest first; may be empty; −1 for unknown ones.</param>
    /// <param name="product">Product index.</param>
    public TokenSequence Of(ReadOnlySpan<int> history, int product)
    {
        Span<int> first = stackalloc int[HistoryProducts * HistoryTokens];
        var length = 0;
        var taken = 0;
        for (var i = history.Length - 1; i >= 0 && taken < HistoryProducts; i--)
        {
            if (history[i] < 0) continue;
            _short[history[i]].CopyTo(first[length..]);
            length += _short[history[i]].Length;
            taken++;
        }

        return TokenSequence.Of(_vocabulary, first[..length], _long[product], MaximumTokens);
    }
}
