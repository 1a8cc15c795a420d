using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Models.Checkpoints;

/// <summary>Shape of a BERT, as Hugging Face's <c>config.json</c> states it (Devlin et al. 2019).</summary>
public sealed record BertConfiguration
{
    /// <summary>File name in a model folder.</summary>
    public const string FileName = "config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Tokens of the vocabulary (<c>vocab_size</c>).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream (<c>hidden_size</c>); a multiple of <see cref="HeadCount"/>.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Layers (<c>num_hidden_layers</c>).</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary>Attention heads (<c>num_attention_heads</c>).</summary>
    public int HeadCount { get; init; } = 2;

    /// <summary>Width of the feed-forward layer (<c>intermediate_size</c>).</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Most positions (<c>max_position_embeddings</c>).</summary>
    public int MaximumPositions { get; init; } = 128;

    /// <summary>Segments (<c>type_vocab_size</c>).</summary>
    public int SegmentCount { get; init; } = 2;

    /// <summary>Added to the variance (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>Standard deviation of new weights (<c>initializer_range</c>).</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Dropout in training, in [0, 1) (<c>hidden_dropout_prob</c> and <c>attention_probs_dropout_prob</c>).</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Writes <c>config.json</c>; the activation is the exact GELU, the only one that is supported.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="architecture">E.g. <c>BertModel</c>, <c>BertForPreTraining</c>, <c>BertForSequenceClassification</c>.</param>
    public void Write(string folder, string architecture)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(architecture),
            ["model_type"] = "bert",
            ["vocab_size"] = VocabularySize,
            ["hidden_size"] = HiddenSize,
            ["num_hidden_layers"] = LayerCount,
            ["num_attention_heads"] = HeadCount,
            ["intermediate_size"] = IntermediateSize,
            ["hidden_act"] = "gelu",
            ["hidden_dropout_prob"] = Dropout,
            ["attention_probs_dropout_prob"] = Dropout,
            ["max_position_embeddings"] = MaximumPositions,
            ["type_vocab_size"] = SegmentCount,
            ["layer_norm_eps"] = LayerNormEpsilon,
            ["initializer_range"] = InitializerRange,
            ["pad_token_id"] = 0,
            ["position_embedding_type"] = "absolute",
        };
        File.WriteAllText(Path.Combine(folder, FileName), json.ToJsonString(Indented) + "\n");
    }

    /// <summary>Reads <c>config.json</c>.</summary>
    /// <exception cref="CheckpointException">Missing, malformed, not a BERT, or a form of BERT that is not supported (names the key).</exception>
    public static BertConfiguration Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        JsonObject json;
        try
        {
            json = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new CheckpointException($"{path}: expected a JSON object.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException($"{path}: cannot be read: {cause.Message}", cause);
        }

        Require(path, json, "model_type", "bert");
        Require(path, json, "hidden_act", "gelu");
        Require(path, json, "position_embedding_type", "absolute");
        var read = new BertConfiguration
        {
            VocabularySize = Whole(path, json, "vocab_size", null),
            HiddenSize = Whole(path, json, "hidden_size", 768),
            LayerCount = Whole(path, json, "num_hidden_layers", 12),
            HeadCount = Whole(path, json, "num_attention_heads", 12),
            IntermediateSize = Whole(path, json, "intermediate_size", 3072),
            MaximumPositions = Whole(path, json, "max_position_embeddings", 512),
            SegmentCount = Whole(path, json, "type_vocab_size", 2),
            LayerNormEpsilon = Real(path, json, "layer_norm_eps", 1e-12, 0, 1),
            InitializerRange = Real(path, json, "initializer_range", 0.02, 0, 1),
            Dropout = Real(path, json, "hidden_dropout_prob", 0.1, 0, 1),
        };
        if (read.HiddenSize % read.HeadCount != 0)
            throw new CheckpointException($"{path}: hidden_size {read.HiddenSize} is no multiple of num_attention_heads {read.HeadCount}.");
        return read;
    }

    private static void Require(string path, JsonObject json, string key, string wanted)
    {
        if (json[key] is { } node && !(node is JsonValue value && value.TryGetValue<string>(out var text) && text == wanted))
            throw new CheckpointException($"{path}: {key} is {node.ToJsonString()}; only \"{wanted}\" is supported.");
    }

    private static int Whole(string path, JsonObject json, string key, int? absent)
    {
        if (json[key] is null && absent is { } given) return given;
        return json[key] is JsonValue value && value.TryGetValue<int>(out var number) && number > 0
            ? number
            : throw new CheckpointException($"{path}: {key} is {json[key]?.ToJsonString() ?? "missing"}; expected a whole number above 0.");
    }

    private static double Real(string path, JsonObject json, string key, double absent, double low, double high)
    {
        if (json[key] is null) return absent;
        return json[key] is JsonValue value && value.TryGetValue<double>(out var number) && number >= low && number < high
            ? number
            : throw new CheckpointException(FormattableString.Invariant($"{path}: {key} is {json[key]?.ToJsonString()}; expected a number in [{low}, {high})."));
    }
}
