using System.Globalization;

namespace Touchstone.Search;

/// <summary>
/// The filters of a request, read once: <c>brand</c> (in any language of the product), <c>category</c> (a path or the beginning of one),
/// <c>price</c> (a range <c>10..50</c>, both ends included, either may be open). Letter case does not count. An unknown price passes no range.
/// </summary>
internal sealed class ProductFilter
{
    private readonly string? _brand;
    private readonly string? _category;
    private readonly (double Low, double High)? _price;

    private ProductFilter(string? brand, string? category, (double Low, double High)? price) => (_brand, _category, _price) = (brand, category, price);

    /// <summary>Fields that can be filtered by.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["brand", "category", "price"];

    /// <exception cref="SearchRequestException">An unknown field, or a price range that is none.</exception>
    public static ProductFilter From(IReadOnlyDictionary<string, string> filters)
    {
        string? brand = null, category = null;
        (double, double)? price = null;
        foreach (var (field, value) in filters)
        {
            switch (field)
            {
                case "brand":
                    brand = value;
                    break;
                case "category":
                    category = value;
                    break;
                case "price":
                    price = Range(value);
                    break;
                default:
                    throw new SearchRequestException($"There is no filter \"{field}\"; known: {string.Join(", ", Fields)}.");
            }
        }

        return new ProductFilter(brand, category, price);
    }

    /// <summary>Whether a product has all that is asked for.</summary>
    public bool Passes(ProductColumns products, int product)
    {
        if (_price is { } range && !(products.Prices[product] >= range.Low && products.Prices[product] <= range.High)) return false;
        if (_brand is null && _category is null) return true;
        var (isOfBrand, isInCategory) = (_brand is null, _category is null);
        foreach (var text in products.Texts[product])
        {
            isOfBrand |= _brand is not null && text.Brand.Equals(_brand, StringComparison.OrdinalIgnoreCase);
            isInCategory |= _category is not null && IsIn(text.Category, _category);
        }

        return isOfBrand && isInCategory;
    }

    private static bool IsIn(string path, string category) =>
        path.StartsWith(category, StringComparison.OrdinalIgnoreCase) && (path.Length == category.Length || path.AsSpan(category.Length).StartsWith(" > "));

    private static (double Low, double High) Range(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0 && End(text.AsSpan(0, dots), double.NegativeInfinity, out var low) && End(text.AsSpan(dots + 2), double.PositiveInfinity, out var high)) return (low, high);
        throw new SearchRequestException($"The price filter \"{text}\" is no range; write 10..50, 10.. or ..50.");
    }

    private static bool End(ReadOnlySpan<char> text, double whenOpen, out double end)
    {
        end = whenOpen;
        return text.Trim().IsEmpty || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out end) && double.IsFinite(end));
    }
}
