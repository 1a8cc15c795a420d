using Touchstone.Domain;
using Touchstone.Models.Features;
using Touchstone.Models.Tokens;
using Touchstone.Numerics;

namespace Touchstone.Learning.Pretraining;

/// <summary>
/// What a shop's language model reads: a text a product, and behaviour as sentences: the next sentence is the product that a shopper took next.
/// Products are held out by a hash of their id, so that the choice does not move with the catalogue.
/// </summary>
public sealed class PretrainingCorpus
{
    private PretrainingCorpus(string[] texts, bool[] isHeldOut, int[] firsts, int[] seconds) =>
        (Texts, IsHeldOut, Firsts, Seconds) = (texts, isHeldOut, firsts, seconds);

    /// <summary>[product] texts; empty where nothing is known.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>[product] whether the text is kept from training.</summary>
    public IReadOnlyList<bool> IsHeldOut { get; }

    /// <summary>[pair] product that came first.</summary>
    public IReadOnlyList<int> Firsts { get; }

    /// <summary>[pair] product that the same shopper took next.</summary>
    public IReadOnlyList<int> Seconds { get; }

    /// <summary>Texts that may be learned from.</summary>
    public IEnumerable<string> TrainingTexts => Texts.Where((text, i) => !IsHeldOut[i] && text.Length > 0);

    /// <summary>Texts that the loss is measured on.</summary>
    public IEnumerable<string> HeldOutTexts => Texts.Where((text, i) => IsHeldOut[i] && text.Length > 0);

    /// <summary>Of a catalogue and training rows.</summary>
    /// <param name="products">The catalogue.</param>
    /// <param name="moreTexts">[product] further text (attributes, other languages), or null.</param>
    /// <param name="histories">Training rows; null where there is no behaviour.</param>
    /// <param name="heldOutRate">Share of products held out.</param>
    /// <param name="seed">Chooses them.</param>
    /// <exception cref="TrainingCorpusException">Fewer than two products have text.</exception>
    public static PretrainingCorpus Of(ProductTable products, IReadOnlyList<string>? moreTexts, TrainingHistories? histories, double heldOutRate, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(products);
        var texts = new string[products.Count];
        var isHeldOut = new bool[products.Count];
        var salt = seed.For("held-out products").Value;
        for (var i = 0; i < texts.Length; i++)
        {
            var text = ProductText.Of(products, i);
            texts[i] = moreTexts is null || moreTexts[i].Length == 0 ? text : text.Length == 0 ? moreTexts[i] : $"{text} . {moreTexts[i]}";
            isHeldOut[i] = (StableHash.Of(products.Ids[i], salt) >> 11) * (1.0 / (1UL << 53)) < heldOutRate;
        }

        var withText = texts.Count(text => text.Length > 0);
        if (withText < 2) throw new TrainingCorpusException($"{withText} of {texts.Length} products have text; a language model needs at least two. Map title, brand, category or description in shop.yaml, or switch pretraining off with `pretrain: false`.");
        EnsureBothParts(texts, isHeldOut);
        List<int> firsts = [], seconds = [];
        for (var unit = 0; unit < (histories?.UnitCount ?? 0); unit++)
        {
            var rows = histories is null ? default : histories.ProductIndexes.AsSpan(histories.Offsets[unit]..histories.Offsets[unit + 1]);
            for (var i = 1; i < rows.Length; i++)
            {
                var (first, second) = (rows[i - 1], rows[i]);
                if (first == second || isHeldOut[first] || isHeldOut[second] || texts[first].Length == 0 || texts[second].Length == 0) continue;
                firsts.Add(first);
                seconds.Add(second);
            }
        }

        return new PretrainingCorpus(texts, isHeldOut, [.. firsts], [.. seconds]);
    }

    /// <summary>[product] tokens without special ones.</summary>
    internal int[][] Encode(WordPieceTokenizer tokenizer, int maximumTokens) => [.. Texts.Select(text => tokenizer.Encode(text, maximumTokens))];

    // A small catalogue may fall on one side as a whole.
    private static void EnsureBothParts(string[] texts, bool[] isHeldOut)
    {
        foreach (var wanted in (bool[])[true, false])
        {
            if (Enumerable.Range(0, texts.Length).Any(i => texts[i].Length > 0 && isHeldOut[i] == wanted)) continue;
            isHeldOut[Array.FindIndex(texts, text => text.Length > 0)] = wanted;
        }
    }
}
