using Touchstone.Models.Checkpoints;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Touchstone.Models.Onnx;

/// <summary>
/// Writes a BERT as an ONNX graph with standard operators only, in the order in which ONNX Runtime knows how to fuse attention, GELU
/// and residual norms. Inputs: <c>input_ids</c>, <c>attention_mask</c>, <c>token_type_ids</c>, each int64 [batch, length] of any size.
/// </summary>
public static class BertGraph
{
    /// <summary>Output of an encoder.</summary>
    internal const string Embedding = "embedding";

    /// <summary>Output of a classifier.</summary>
    internal const string Probability = "probability";

    /// <summary>Inputs in the order in which sessions are fed.</summary>
    internal static readonly string[] Inputs = ["input_ids", "attention_mask", "token_type_ids"];

    /// <summary>
    /// Writes an encoder: output <c>embedding</c> [batch, hidden], the mean over the unmasked positions of the last layer, scaled to
    /// length 1 (Reimers and Gurevych 2019, and sentence-transformers' all-MiniLM).
    /// </summary>
    /// <param name="configuration">Shape of the network.</param>
    /// <param name="weights">Its tensors, with or without the prefix <c>bert.</c>; a pooler and heads are passed over.</param>
    /// <param name="path">File to write; an old one is replaced.</param>
    /// <exception cref="CheckpointException">A tensor is missing, surplus or of another shape.</exception>
    public static void WriteEncoder(BertConfiguration configuration, Checkpoint weights, string path)
    {
        var graph = new GraphBuilder("touchstone-text-encoder");
        var (hidden, mask) = BertLayers.Encoder(graph, BertWeights.From(weights, configuration, BertArchitecture.Encoder));
        var mean = BertLayers.Mean(graph, "pooling", hidden, mask);
        var length = graph.Node("pooling.length", "ReduceL2", [mean], GraphBuilder.Wholes("axes", 1), GraphBuilder.Whole("keepdims", 1));
        var floor = graph.Node("pooling.length.floored", "Max", [length, graph.Scalar(1e-12f)]);
        graph.Node(Embedding, "Div", [mean, floor]);
        graph.Output(Embedding, DataType.Float, "batch", Text(configuration.HiddenSize));
        graph.Write(path);
    }

    /// <summary>
    /// Writes a classifier of pairs: of the pooled <c>[CLS]</c>, the product and the absolute difference of both segments' means (Conneau et al.
    /// 2017, section 3.1), a dense layer of 128 with ReLU, one output; <c>probability</c> [batch] in (0, 1).
    /// </summary>
    /// <param name="configuration">Shape of the network.</param>
    /// <param name="weights">Its tensors, <c>classifier.dense</c> and <c>classifier.out_proj</c> among them.</param>
    /// <param name="path">File to write; an old one is replaced.</param>
    /// <exception cref="CheckpointException">A tensor is missing, surplus or of another shape.</exception>
    public static void WriteClassifier(BertConfiguration configuration, Checkpoint weights, string path)
    {
        var graph = new GraphBuilder("touchstone-pair-classifier");
        var checkedWeights = BertWeights.From(weights, configuration, BertArchitecture.PairClassifier);
        var (hidden, mask) = BertLayers.Encoder(graph, checkedWeights);
        var first = graph.Node("pooler.first", "Slice", [hidden, graph.Integers(0), graph.Integers(1), graph.Integers(1)]);
        var flat = graph.Node("pooler.first.flat", "Squeeze", [first, graph.Integers(1)]);
        var pooled = graph.Node("pooler.tanh", "Tanh", [BertLayers.Dense(graph, checkedWeights, "pooler.dense", flat, "batch")]);
        var segments = graph.Node("segments.single", "Cast", ["token_type_ids"], GraphBuilder.Whole("to", (long)DataType.Float));
        var secondMask = graph.Node("segments.second", "Mul", [mask, segments]);
        var firstMask = graph.Node("segments.first", "Sub", [mask, secondMask]);
        var (left, right) = (BertLayers.Mean(graph, "segments.first.mean", hidden, firstMask), BertLayers.Mean(graph, "segments.second.mean", hidden, secondMask));
        var product = graph.Node("segments.product", "Mul", [left, right]);
        var distance = graph.Node("segments.distance", "Abs", [graph.Node("segments.difference", "Sub", [left, right])]);
        var features = graph.Node("segments.features", "Concat", [pooled, product, distance], GraphBuilder.Whole("axis", 1));
        var dense = graph.Node("classifier.relu", "Relu", [BertLayers.Dense(graph, checkedWeights, "classifier.dense", features, "batch")]);
        var logit = BertLayers.Dense(graph, checkedWeights, "classifier.out_proj", dense, "batch");
        var probability = graph.Node("classifier.sigmoid", "Sigmoid", [logit]);
        graph.Node(Probability, "Squeeze", [probability, graph.Integers(1)]);
        graph.Output(Probability, DataType.Float, "batch");
        graph.Write(path);
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
