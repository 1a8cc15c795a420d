using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Models.Checkpoints;

/// <summary>What a transformer folder is for.</summary>
public enum TransformerKind
{
    /// <summary>A text becomes a vector (<c>text-encoder</c>).</summary>
    TextEncoder,

    /// <summary>A pair of texts becomes a probability (<c>pair-classifier</c>).</summary>
    PairClassifier,

    /// <summary>Hidden tokens are guessed; the start of the other two (<c>pretraining</c>).</summary>
    Pretraining,
}

/// <summary>
/// <c>task.json</c>: what Hugging Face's <c>config.json</c> does not say of a transformer folder. Embeddings are the mean over the
/// tokens of the last layer, of length 1; other forms are refused.
/// </summary>
public sealed record TransformerTask
{
    /// <summary>File name in a model folder.</summary>
    public const string FileName = "task.json";

    /// <summary>Version of this form.</summary>
    public const int CurrentVersion = 1;

    private const string MeanPooling = "mean";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>What the folder is for.</summary>
    public required TransformerKind Kind { get; init; }

    /// <summary>Most positions that a text is cut to, special tokens included; at least 5, so that a pair has room.</summary>
    public int MaximumTokens
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 5);
            field = value;
        }
    } = 64;

    /// <summary>Writes <c>task.json</c>.</summary>
    public void Write(string folder)
    {
        var json = new JsonObject
        {
            ["version"] = CurrentVersion,
            ["task"] = Word(Kind),
            ["pooling"] = MeanPooling,
            ["normalise"] = true,
            ["maximum_tokens"] = MaximumTokens,
        };
        File.WriteAllText(Path.Combine(folder, FileName), json.ToJsonString(Indented) + "\n");
    }

    /// <summary>Reads <c>task.json</c>.</summary>
    /// <exception cref="CheckpointException">Missing, malformed, of an unknown version or form (names the key).</exception>
    public static TransformerTask Read(string folder)
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

        if (!(json["version"] is JsonValue stated && stated.TryGetValue<int>(out var version) && version is >= 1 and <= CurrentVersion))
            throw new CheckpointException($"{path}: version is {Text(json, "version")}; this program reads up to {CurrentVersion}.");
        if (json["pooling"] is not JsonValue pooling || !pooling.TryGetValue<string>(out var form) || form != MeanPooling)
            throw new CheckpointException($"{path}: pooling is {Text(json, "pooling")}; only \"{MeanPooling}\" is supported.");
        if (json["normalise"] is not JsonValue normalise || !normalise.TryGetValue<bool>(out var isNormalised) || !isNormalised)
            throw new CheckpointException($"{path}: normalise is {Text(json, "normalise")}; only true is supported.");
        if (json["maximum_tokens"] is not JsonValue most || !most.TryGetValue<int>(out var maximumTokens) || maximumTokens < 5)
            throw new CheckpointException($"{path}: maximum_tokens is {Text(json, "maximum_tokens")}; expected a whole number of at least 5.");
        TransformerKind? kind = json["task"] is JsonValue task && task.TryGetValue<string>(out var word)
            ? word switch
            {
                "text-encoder" => TransformerKind.TextEncoder,
                "pair-classifier" => TransformerKind.PairClassifier,
                "pretraining" => TransformerKind.Pretraining,
                _ => null,
            }
            : null;
        return new TransformerTask
        {
            Kind = kind ?? throw new CheckpointException($"{path}: task is {Text(json, "task")}; known are \"text-encoder\", \"pair-classifier\", \"pretraining\"."),
            MaximumTokens = maximumTokens,
        };
    }

    /// <summary>The word of a kind, as <c>task.json</c> writes it.</summary>
    internal static string Word(TransformerKind kind) => kind switch
    {
        TransformerKind.TextEncoder => "text-encoder",
        TransformerKind.PairClassifier => "pair-classifier",
        TransformerKind.Pretraining => "pretraining",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown task."),
    };

    private static string Text(JsonObject json, string key) => json[key]?.ToJsonString() ?? "missing";
}
