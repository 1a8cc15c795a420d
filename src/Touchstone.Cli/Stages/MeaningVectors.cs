using Touchstone.Domain;
using Touchstone.Models.Features;
using Touchstone.Models.Onnx;

namespace Touchstone.Cli.Stages;

/// <summary>Vectors of a catalogue's products by an encoder.</summary>
/// <param name="Vectors">[product, dimension], zeros where a product has no text.</param>
/// <param name="Dimension">Components of a vector.</param>
internal sealed record MeaningVectors(float[] Vectors, int Dimension)
{
    /// <summary>Encodes the products that have text.</summary>
    public static MeaningVectors Of(ProductTable products, TextEncoder encoder, CancellationToken cancellation)
    {
        List<int> owners = [];
        List<string> texts = [];
        for (var i = 0; i < products.Count; i++)
        {
            var text = ProductText.Of(products, i);
            if (text.Length == 0) continue;
            owners.Add(i);
            texts.Add(text);
        }

        var encoded = encoder.Encode(texts, null, cancellation);
        var vectors = new float[products.Count * encoder.Dimension];
        for (var i = 0; i < owners.Count; i++)
            encoded.AsSpan(i * encoder.Dimension, encoder.Dimension).CopyTo(vectors.AsSpan(owners[i] * encoder.Dimension));
        return new MeaningVectors(vectors, encoder.Dimension);
    }
}
