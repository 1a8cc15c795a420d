using Touchstone.Models.Checkpoints;
using Touchstone.Numerics;

namespace Touchstone.Search.Semantic;

/// <summary>
/// Vectors of products, exactly scanned. A product may have several (one a language): its score is the best of theirs. A vector of zeros (a
/// product without words) is never found.
/// </summary>
public sealed class ProductVectors
{
    private const string OwnersName = "products";
    private const string VectorsName = "vectors";

    private readonly int[] _owners;
    private readonly float[] _vectors;
    private readonly PackedVectors _packed;

    /// <summary>Makes them.</summary>
    /// <param name="owners">[vector] index of the product that each belongs to.</param>
    /// <param name="vectors">[vector, dimension] row-major.</param>
    /// <param name="dimension">Components of each, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, or a component that is not a number within ±1e15.</exception>
    public ProductVectors(int[] owners, float[] vectors, int dimension)
    {
        ArgumentNullException.ThrowIfNull(owners);
        ArgumentNullException.ThrowIfNull(vectors);
        _packed = PackedVectors.From(vectors, dimension);
        if (_packed.Count != owners.Length) throw new ArgumentException($"{owners.Length} owners and {_packed.Count} vectors; expected as many.", nameof(owners));
        (_owners, _vectors) = (owners, vectors);
    }

    /// <summary>Components of each.</summary>
    public int Dimension => _packed.Dimension;

    /// <summary>How many vectors.</summary>
    public int Count => _owners.Length;

    /// <summary>Reads what <see cref="Write"/> left.</summary>
    /// <exception cref="CheckpointException">Missing, damaged, or of another form.</exception>
    public static ProductVectors Read(string path)
    {
        var file = Safetensors.Read(path);
        var vectors = file[VectorsName];
        if (vectors.Shape.Count != 2 || vectors.Shape[1] < 1 || file[OwnersName].Shape is not [var owners] || owners != vectors.Shape[0])
            throw file.Malformed($"{VectorsName} must be [vector, dimension] and {OwnersName} [vector]; run the stage index again.");
        return new ProductVectors(file[OwnersName].Int32s().ToArray(), vectors.Singles().ToArray(), (int)vectors.Shape[1]);
    }

    /// <summary>Writes them as safetensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Where they come from: name and version of the encoder.</param>
    public void Write(string path, IReadOnlyDictionary<string, string> metadata) => Safetensors.Write(
        path,
        [NamedTensor.Of(OwnersName, _owners.AsSpan(), Count), NamedTensor.Of(VectorsName, _vectors.AsSpan(), Count, Dimension)],
        metadata);

    /// <summary>Refuses vectors of products that are not there.</summary>
    internal void CheckOwners(int productCount)
    {
        foreach (var owner in _owners)
            if (owner < 0 || owner >= productCount) throw new ArgumentException($"A vector belongs to product {owner} of {productCount}; run the stage index again.");
    }

    /// <summary>Cosine-like score of each product: the largest dot product of its vectors; negative infinity where it has none.</summary>
    /// <param name="query">[dimension] the query's vector.</param>
    /// <param name="scores">[product] overwritten.</param>
    /// <exception cref="ArgumentException">A query of another dimension, or with a component that is not a number.</exception>
    public void Score(float[] query, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Length != Dimension) throw new ArgumentException($"The query has {query.Length} components; the products have {Dimension}. Query and products must be encoded by one model: run the stage index again.", nameof(query));
        scores.Fill(double.NegativeInfinity);
        if (Count == 0) return;
        var products = new float[Count];
        DenseScoring.Multiply(query, _packed, products, 1);
        for (var row = 0; row < products.Length; row++)
        {
            if (products[row] == 0 && !_vectors.AsSpan(row * Dimension, Dimension).ContainsAnyExcept(0f)) continue;
            if (products[row] > scores[_owners[row]]) scores[_owners[row]] = products[row];
        }
    }
}
