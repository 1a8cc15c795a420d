using System.Globalization;
using Touchstone.Models.Checkpoints;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Touchstone.Models.Onnx;

/// <summary>The parts of a BERT as ONNX nodes (Devlin et al. 2019; Vaswani et al. 2017, section 3).</summary>
internal static class BertLayers
{
    /// <summary>What a masked position's attention score is lowered by: exp of it is 0 in single precision.</summary>
    private const float MaskedScore = -10000;

    /// <summary>Axes of whatever there is one of for every token.</summary>
    private static readonly string[] Tokens = ["batch", "length"];

    /// <summary>Inputs, embeddings and all layers.</summary>
    /// <returns>Last layer's output [batch, length, hidden], and the mask as singles [batch, length].</returns>
    internal static (string Hidden, string Mask) Encoder(GraphBuilder graph, BertWeights weights)
    {
        foreach (var input in BertGraph.Inputs) graph.Input(input, DataType.Int64, Tokens);
        var mask = graph.Node("mask.single", "Cast", ["attention_mask"], GraphBuilder.Whole("to", (long)DataType.Float));
        var row = graph.Node("mask.heads", "Unsqueeze", ["attention_mask", graph.Integers(1)]);
        var rows = graph.Node("mask.queries", "Unsqueeze", [row, graph.Integers(2)]);
        var open = graph.Node("mask.open", "Cast", [rows], GraphBuilder.Whole("to", (long)DataType.Float));
        var closed = graph.Node("mask.closed", "Sub", [graph.Scalar(1), open]);
        var penalty = graph.Node("mask.penalty", "Mul", [closed, graph.Scalar(MaskedScore)]);
        var hidden = Embeddings(graph, weights);
        for (var layer = 0; layer < weights.Configuration.LayerCount; layer++)
        {
            var prefix = $"encoder.layer.{layer}";
            var attended = Attention(graph, weights, prefix, hidden, penalty);
            hidden = FeedForward(graph, weights, prefix, attended);
        }

        return (hidden, mask);
    }

    /// <summary>Mean over the positions that a mask keeps; zeros where it keeps none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Begins the nodes' names.</param>
    /// <param name="hidden">[batch, length, hidden].</param>
    /// <param name="mask">[batch, length] singles, 1 or 0.</param>
    /// <returns>[batch, hidden].</returns>
    internal static string Mean(GraphBuilder graph, string name, string hidden, string mask)
    {
        var column = graph.Node($"{name}.mask", "Unsqueeze", [mask, graph.Integers(2)]);
        var masked = graph.Node($"{name}.masked", "Mul", [hidden, column]);
        var sum = graph.Node($"{name}.sum", "ReduceSum", [masked, graph.Integers(1)], GraphBuilder.Whole("keepdims", 0));
        var count = graph.Node($"{name}.count", "ReduceSum", [mask, graph.Integers(1)], GraphBuilder.Whole("keepdims", 1));
        var floored = graph.Node($"{name}.count.floored", "Max", [count, graph.Scalar(1)]);
        return graph.Node($"{name}.mean", "Div", [sum, floored]);
    }

    /// <summary>x·Wᵀ + b; the weight [out, in] is stored as [in, out], as MatMul wants it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The tensors.</param>
    /// <param name="name">Parameters are <c>name.weight</c> and <c>name.bias</c>.</param>
    /// <param name="input">[…, in].</param>
    /// <param name="axes">Names of the input's axes but the last.</param>
    /// <returns>[…, out].</returns>
    internal static string Dense(GraphBuilder graph, BertWeights weights, string name, string input, params string[] axes)
    {
        var weight = weights[$"{name}.weight"];
        var (outputs, inputs) = ((int)weight.Shape[0], (int)weight.Shape[1]);
        var stored = graph.Weight($"{name}.weight", OnnxTensor.Transposed(weight.Singles(), outputs, inputs), inputs, outputs);
        var bias = graph.Weight($"{name}.bias", weights[$"{name}.bias"].Singles(), outputs);
        var product = graph.Shaped(graph.Node($"{name}.product", "MatMul", [input, stored]), DataType.Float, [.. axes, Text(outputs)]);
        return graph.Node($"{name}.sum", "Add", [product, bias]);
    }

    private static string Embeddings(GraphBuilder graph, BertWeights weights)
    {
        var words = graph.Node("embeddings.words", "Gather", [Table(graph, weights, "embeddings.word_embeddings.weight"), "input_ids"]);
        var segments = graph.Node("embeddings.segments", "Gather", [Table(graph, weights, "embeddings.token_type_embeddings.weight"), "token_type_ids"]);
        var shape = graph.Node("embeddings.shape", "Shape", ["input_ids"]);
        var length = graph.Node("embeddings.length", "Slice", [shape, graph.Integers(1), graph.Integers(2)]);
        var positions = graph.Node("embeddings.positions", "Slice", [Table(graph, weights, "embeddings.position_embeddings.weight"), graph.Integers(0), length, graph.Integers(0)]);
        var both = graph.Node("embeddings.words_and_segments", "Add", [words, segments]);
        var sum = graph.Shaped(graph.Node("embeddings.sum", "Add", [both, positions]), DataType.Float, [.. Tokens, Text(weights.Configuration.HiddenSize)]);
        return Norm(graph, weights, "embeddings.LayerNorm", sum);
    }

    private static string Attention(GraphBuilder graph, BertWeights weights, string prefix, string hidden, string penalty)
    {
        var (heads, width) = (weights.Configuration.HeadCount, weights.Configuration.HiddenSize);
        var size = width / heads;
        string Heads(string part, params long[] order)
        {
            var name = $"{prefix}.attention.self.{part}";
            var split = graph.Node($"{name}.split", "Reshape", [Dense(graph, weights, name, hidden, Tokens), graph.Integers(0, 0, heads, size)]);
            return graph.Node($"{name}.heads", "Transpose", [split], GraphBuilder.Wholes("perm", order));
        }

        var query = Heads("query", 0, 2, 1, 3);
        var key = Heads("key", 0, 2, 3, 1);
        var value = Heads("value", 0, 2, 1, 3);
        var self = $"{prefix}.attention.self";
        var products = graph.Node($"{self}.products", "MatMul", [query, key]);
        var scaled = graph.Node($"{self}.scaled", "Div", [products, graph.Scalar(MathF.Sqrt(size))]);
        var scores = graph.Node($"{self}.scores", "Add", [scaled, penalty]);
        var shares = graph.Node($"{self}.shares", "Softmax", [scores], GraphBuilder.Whole("axis", -1));
        var context = graph.Node($"{self}.context", "MatMul", [shares, value]);
        var turned = graph.Node($"{self}.turned", "Transpose", [context], GraphBuilder.Wholes("perm", 0, 2, 1, 3));
        var joined = graph.Node($"{self}.joined", "Reshape", [turned, graph.Integers(0, 0, width)]);
        var output = Dense(graph, weights, $"{prefix}.attention.output.dense", joined, Tokens);
        var residual = graph.Node($"{prefix}.attention.output.residual", "Add", [output, hidden]);
        return Norm(graph, weights, $"{prefix}.attention.output.LayerNorm", residual);
    }

    private static string FeedForward(GraphBuilder graph, BertWeights weights, string prefix, string input)
    {
        var wide = Gelu(graph, $"{prefix}.intermediate.gelu", Dense(graph, weights, $"{prefix}.intermediate.dense", input, Tokens));
        var narrow = Dense(graph, weights, $"{prefix}.output.dense", wide, Tokens);
        var residual = graph.Node($"{prefix}.output.residual", "Add", [narrow, input]);
        return Norm(graph, weights, $"{prefix}.output.LayerNorm", residual);
    }

    /// <summary>x·(1 + erf(x/√2))/2 (Hendrycks and Gimpel 2016), the exact form.</summary>
    private static string Gelu(GraphBuilder graph, string name, string input)
    {
        var scaled = graph.Node($"{name}.scaled", "Div", [input, graph.Scalar(MathF.Sqrt(2))]);
        var erf = graph.Node($"{name}.erf", "Erf", [scaled]);
        var shifted = graph.Node($"{name}.shifted", "Add", [erf, graph.Scalar(1)]);
        var product = graph.Node($"{name}.product", "Mul", [input, shifted]);
        return graph.Node(name, "Mul", [product, graph.Scalar(0.5f)]);
    }

    private static string Norm(GraphBuilder graph, BertWeights weights, string name, string input)
    {
        var scale = graph.Weight($"{name}.weight", weights[$"{name}.weight"].Singles(), weights.Configuration.HiddenSize);
        var shift = graph.Weight($"{name}.bias", weights[$"{name}.bias"].Singles(), weights.Configuration.HiddenSize);
        return graph.Node(name, "LayerNormalization", [input, scale, shift], GraphBuilder.Whole("axis", -1), GraphBuilder.Real("epsilon", (float)weights.Configuration.LayerNormEpsilon));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Table(GraphBuilder graph, BertWeights weights, string name) =>
        graph.Weight(name, weights[name].Singles(), [.. weights[name].Shape]);
}
