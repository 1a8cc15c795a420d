using Touchstone.Models.Checkpoints;

namespace Touchstone.Learning.Autoencoders;

/// <summary>Weights from each product of a history (row) to each recommended one (column), in compressed rows: what EASE leaves to a server.</summary>
public sealed record ItemToItemWeights
{
    /// <summary>The model type by which a server finds the loader.</summary>
    public const string ModelType = "item-to-item";

    /// <summary>The name that reports use, e.g. <c>ease</c>.</summary>
    public required string Name { get; init; }

    /// <summary>[product] ids, ascending by ordinal UTF-8.</summary>
    public required IReadOnlyList<string> ProductIds { get; init; }

    /// <summary>[product + 1] row a owns the entries RowStarts[a] .. RowStarts[a + 1].</summary>
    public required long[] RowStarts { get; init; }

    /// <summary>[entry] product index of the column, ascending within a row.</summary>
    public required int[] Columns { get; init; }

    /// <summary>[entry] weight.</summary>
    public required float[] Values { get; init; }

    /// <summary>Options that it was trained with.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Writes <c>config.json</c>, <c>products.json</c> and <c>model.safetensors</c> (<c>indptr</c> I64, <c>indices</c> I32, <c>values</c> F32).</summary>
    /// <param name="folder">Made where it is missing.</param>
    public void Save(string folder) => new ModelFolder
    {
        ModelType = ModelType,
        Name = Name,
        Options = Options,
        ProductIds = ProductIds,
        Checkpoint = new Checkpoint
        {
            Tensors = [NamedTensor.Of("indptr", RowStarts), NamedTensor.Of("indices", Columns), NamedTensor.Of("values", Values)],
        },
    }.Write(folder);
}
