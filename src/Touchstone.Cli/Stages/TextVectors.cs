using Touchstone.Domain;
using Touchstone.Models.Features;
using Touchstone.Numerics;
using Touchstone.Search.Semantic;

namespace Touchstone.Cli.Stages;

/// <summary>Encodes the products' texts, one vector a language of each.</summary>
internal static class TextVectors
{
    /// <summary>Vectors by product index (ids ascending by ordinal UTF-8); texts without a word are left out.</summary>
    public static ProductVectors Of(IReadOnlyList<CatalogueEntry> products, OpenEncoder encoder, IProgress<double>? progress, CancellationToken cancellation)
    {
        List<int> owners = [];
        List<string> texts = [];
        foreach (var (index, product) in products.OrderBy(product => product.Id, Utf8Ordinal.Comparer).Index())
        {
            foreach (var text in product.Texts.Select(text => ProductText.Of(text.Title, text.Brand, text.Category, text.Description)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal))
            {
                owners.Add(index);
                texts.Add(text);
            }
        }

        return new ProductVectors([.. owners], encoder.Encode(texts, progress, cancellation), encoder.Dimension);
    }
}
