using Onnx;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Models.Onnx;

/// <summary>Turns encoders that others trained and published as ONNX graphs into Hugging Face folders.</summary>
public static class PretrainedEncoders
{
    private const string Source = "MiniLM's ONNX graph";

    /// <summary>
    /// Imports all-MiniLM-L6-v2 (sentence-transformers; 6 layers of 384, 12 heads) from an export of PyTorch: <c>config.json</c>,
    /// <c>vocab.txt</c>, <c>tokenizer_config.json</c>, <c>model.safetensors</c> and <c>task.json</c>. The exporter drops the names of the
    /// weights that it stores transposed: each is found through the Add behind its product, whose bias kept its name.
    /// </summary>
    /// <param name="onnxModel">The graph.</param>
    /// <param name="vocabulary">Its <c>vocab.txt</c>.</param>
    /// <param name="folder">Folder to write; made where it is missing.</param>
    /// <exception cref="CheckpointException">Not that graph: a weight cannot be resolved, or is of another shape (names it).</exception>
    public static void ImportMiniLm(Stream onnxModel, Stream vocabulary, string folder)
    {
        ArgumentNullException.ThrowIfNull(onnxModel);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var graph = OnnxModelFile.Parse(onnxModel, Source).Graph;
        var tensors = NamedTensors(graph);
        var configuration = Configuration(tensors);
        var weights = BertWeights.From(new Checkpoint { Source = Source, Tensors = tensors }, configuration, BertArchitecture.Encoder);
        var words = Vocabulary(vocabulary);
        words.RequireFits(configuration.VocabularySize, Source);
        Directory.CreateDirectory(folder);
        configuration.Write(folder, "BertModel");
        Safetensors.Write(Path.Combine(folder, BertWeights.FileName), weights.Tensors.Select(pair => pair.Value), new SortedDictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        words.Write(folder);
        // The published encoder was trained on texts of up to 128 tokens and cuts at 256 (its sentence_bert_config.json).
        new TransformerTask { Kind = TransformerKind.TextEncoder, MaximumTokens = 256 }.Write(folder);
    }

    private static WordPieceVocabulary Vocabulary(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return WordPieceVocabulary.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), "MiniLM's vocabulary", TextNormalisation.Bert);
    }

    private static List<NamedTensor> NamedTensors(GraphProto graph)
    {
        var stored = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var products = graph.Node.Where(node => node.OpType == "MatMul").ToDictionary(node => node.Output[0], StringComparer.Ordinal);
        var tensors = new List<NamedTensor>();
        foreach (var tensor in graph.Initializer)
        {
            if (!tensor.Name.Contains('.', StringComparison.Ordinal) || tensor.DataType != (int)TensorProto.Types.DataType.Float) continue;
            tensors.Add(NamedTensor.Of(tensor.Name, OnnxTensor.Singles(tensor, Source), [.. tensor.Dims]));
        }

        foreach (var node in graph.Node)
        {
            if (node.OpType != "Add" || node.Input.Count != 2) continue;
            foreach (var (bias, product) in ((string, string)[])[(node.Input[0], node.Input[1]), (node.Input[1], node.Input[0])])
            {
                if (!stored.ContainsKey(bias) || !bias.EndsWith(".bias", StringComparison.Ordinal)) continue;
                if (!products.TryGetValue(product, out var matrixProduct) || !stored.TryGetValue(matrixProduct.Input[1], out var weight)) continue;
                if (weight.Dims is not [var inputs, var outputs])
                    throw new CheckpointException($"{Source}: the weight of \"{bias}\" has shape {NamedTensor.Text(weight.Dims)}; expected [in, out].");
                var values = OnnxTensor.Transposed(OnnxTensor.Singles(weight, Source), (int)inputs, (int)outputs);
                tensors.Add(NamedTensor.Of(string.Concat(bias.AsSpan(0, bias.Length - "bias".Length), "weight"), values, outputs, inputs));
            }
        }

        return tensors;
    }

    private static BertConfiguration Configuration(List<NamedTensor> tensors)
    {
        var words = tensors.FirstOrDefault(tensor => tensor.Name == "embeddings.word_embeddings.weight");
        if (words is not { Shape: [var count, 384] })
            throw new CheckpointException($"{Source}: there are no word embeddings of 384; this is not all-MiniLM-L6-v2.");
        return new BertConfiguration
        {
            VocabularySize = (int)count,
            HiddenSize = 384,
            LayerCount = 6,
            HeadCount = 12,
            IntermediateSize = 1536,
            MaximumPositions = 512,
            SegmentCount = 2,
            LayerNormEpsilon = 1e-12,
        };
    }
}
