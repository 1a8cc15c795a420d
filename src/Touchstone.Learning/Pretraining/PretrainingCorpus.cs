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

    /// <summary>[text] one a product first, then those in further languages; empty where nothing is known.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>[text] whether it is kept from training, as all texts of its product.</summary>
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
    /// <param name="texts">The catalogue's texts.</param>
    /// <param name="histories">Training rows; null where there is no behaviour.</param>
    /// <param name="heldOutRate">Share of products held out.</param>
    /// <param name="seed">Chooses them.</param>
    /// <exception cref="TrainingCorpusException">Fewer than two products have text.</exception>
    public static PretrainingCorpus Of(ProductTexts texts, TrainingHistories? histories, double heldOutRate, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var salt = seed.For("held-out products").Value;
        var isOut = Array.ConvertAll(texts.Products.Ids, id => (StableHash.Of(id, salt) >> 11) * (1.0 / (1UL << 53)) < heldOutRate);
        EnsureBothParts(texts, isOut);
        var isHeldOut = texts.Owners.Select(owner => isOut[owner]).ToArray();
        var withText = texts.Texts.Take(texts.Products.Count).Count(text => text.Length > 0);
        if (withText < 2) throw new TrainingCorpusException($"{withText} of {texts.Products.Count} products have text; a language model needs at least two. Map title, brand, category or description in shop.yaml, or switch pretraining off with `pretrain: false`.");
        List<int> firsts = [], seconds = [];
        for (var unit = 0; unit < (histories?.UnitCount ?? 0); unit++)
        {
            var rows = histories is null ? default : histories.ProductIndexes.AsSpan(histories.Offsets[unit]..histories.Offsets[unit + 1]);
            for (var i = 1; i < rows.Length; i++)
            {
                var (first, second) = (rows[i - 1], rows[i]);
                if (first == second || isHeldOut[first] || isHeldOut[second] || texts.Texts[first].Length == 0 || texts.Texts[second].Length == 0) continue;
                firsts.Add(first);
                seconds.Add(second);
            }
        }

        return new PretrainingCorpus([.. texts.Texts], isHeldOut, [.. firsts], [.. seconds]);
    }

    /// <summary>[text] tokens without special ones.</summary>
    internal int[][] Encode(WordPieceTokenizer tokenizer, int maximumTokens) => [.. Texts.Select(text => tokenizer.Encode(text, maximumTokens))];

    // A small catalogue may fall on one side as a whole.
    private static void EnsureBothParts(ProductTexts texts, bool[] isOut)
    {
        var withText = Enumerable.Range(0, texts.Products.Count).Where(i => texts.Texts[i].Length > 0).ToArray();
        foreach (var wanted in (bool[])[true, false])
            if (withText.Length > 0 && !withText.Any(i => isOut[i] == wanted)) isOut[withText[0]] = wanted;
    }
}
