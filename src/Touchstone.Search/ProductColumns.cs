using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Search;

/// <summary>
/// What every searcher knows of the products beside their words: ids ascending by ordinal UTF-8 (so a lower index wins a tie), what hits
/// show, and what filters and facets read.
/// </summary>
public sealed class ProductColumns
{
    private readonly Dictionary<string, int> _indexes;

    /// <summary>Makes the columns.</summary>
    /// <param name="ids">[product] ascending by ordinal UTF-8, distinct.</param>
    /// <param name="texts">[product] words by language, the first language first; may be empty.</param>
    /// <param name="prices">[product] price of one unit, NaN where unknown.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or ids out of order or repeated (names the id).</exception>
    public ProductColumns(string[] ids, IReadOnlyList<CatalogueText>[] texts, double[] prices)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(prices);
        if (texts.Length != ids.Length || prices.Length != ids.Length)
            throw new ArgumentException($"{ids.Length} ids, {texts.Length} texts and {prices.Length} prices; expected as many.", nameof(ids));
        _indexes = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            if (i > 0 && Utf8Ordinal.Compare(ids[i - 1], ids[i]) >= 0)
                throw new ArgumentException($"ids[{i}] = \"{ids[i]}\" does not follow \"{ids[i - 1]}\"; order ids by ordinal UTF-8, each once.", nameof(ids));
            _indexes.Add(ids[i], i);
        }

        (Ids, Texts, Prices) = (ids, texts, prices);
    }

    /// <summary>[product] ids.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>[product] words by language, the first language first; descriptions are left out.</summary>
    public IReadOnlyList<IReadOnlyList<CatalogueText>> Texts { get; }

    /// <summary>[product] price of one unit in the reporting currency, NaN where unknown.</summary>
    public IReadOnlyList<double> Prices { get; }

    /// <summary>How many products.</summary>
    public int Count => Ids.Count;

    /// <summary>Index of an id, or -1.</summary>
    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    /// <summary>Title in a language: the locale's own, else one of the same language, else the first; empty where there is none.</summary>
    /// <param name="product">Index.</param>
    /// <param name="locale">BCP 47; null for the first.</param>
    public string Title(int product, string? locale = null) => InLocale(product, locale)?.Title ?? "";

    /// <summary>Brand, as <see cref="Title"/>.</summary>
    public string Brand(int product, string? locale = null) => InLocale(product, locale)?.Brand ?? "";

    /// <summary>Category path, as <see cref="Title"/>.</summary>
    public string Category(int product, string? locale = null) => InLocale(product, locale)?.Category ?? "";

    private CatalogueText? InLocale(int product, string? locale)
    {
        var texts = Texts[product];
        if (texts.Count == 0) return null;
        if (locale is null || texts.Count == 1) return texts[0];
        return texts.FirstOrDefault(text => text.Locale.Equals(locale, StringComparison.OrdinalIgnoreCase))
            ?? texts.FirstOrDefault(text => Language(text.Locale).Equals(Language(locale), StringComparison.OrdinalIgnoreCase))
            ?? texts[0];
    }

    private static string Language(string locale) => locale.Split('-', '_')[0];
}
