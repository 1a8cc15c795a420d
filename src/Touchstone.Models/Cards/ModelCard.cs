using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Models.Cards;

/// <summary>What is known of one trained model: where it came from, what it cost, what it reached. Kept as <c>card.json</c> beside it.</summary>
public sealed record ModelCard
{
    /// <summary>File name inside a model folder.</summary>
    public const string FileName = "card.json";

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Version of this form.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Name in the registry, which the registry writes.</summary>
    public string Name { get; init; } = "";

    /// <summary>Version in the registry: the first 12 hexadecimal digits of the content's hash, which the registry writes.</summary>
    public string Version { get; init; } = "";

    /// <summary>Which loader reads it.</summary>
    public required string ModelType { get; init; }

    /// <summary>When it was registered, UTC, which the registry writes.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Hash of the training data.</summary>
    public string DataHash { get; init; } = "";

    /// <summary>Hash of the model that it was trained on from; empty where there is none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Options as text pairs.</summary>
    public SortedDictionary<string, string> Options { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Seed of the training; null where nothing is drawn.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Threads that the training used; null where the result doesn't depend on them.</summary>
    public int? Threads { get; init; }

    /// <summary>Rows that it learned from.</summary>
    public long TrainingRows { get; init; }

    /// <summary>Duration of the training in seconds.</summary>
    public double TrainSeconds { get; init; }

    /// <summary>Peak memory of the training process in MiB.</summary>
    public double PeakMemoryMib { get; init; }

    /// <summary>Size of the model's files in bytes without this one, which the registry writes.</summary>
    public long Bytes { get; init; }

    /// <summary>What it reached, by metric name, e.g. <c>validation/ndcg@10</c>.</summary>
    public SortedDictionary<string, double> Metrics { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The card as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form) + "\n";

    /// <summary>Reads the card of a model folder.</summary>
    /// <exception cref="CheckpointException">Missing or malformed.</exception>
    public static ModelCard Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<ModelCard>(File.ReadAllBytes(path), Form) ?? throw new CheckpointException($"{path}: expected a JSON object.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException($"{path}: cannot be read as a model card: {cause.Message}", cause);
        }
    }
}
