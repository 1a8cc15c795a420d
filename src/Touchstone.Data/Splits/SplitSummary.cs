using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>How the rows were split.</summary>
public sealed record SplitSummary
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Version of the file's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Method used, never <see cref="SplitMethod.Auto"/>.</summary>
    public required SplitMethod Method { get; init; }

    /// <summary>Why this method, one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Kind of interaction that is learned from and judged.</summary>
    public required InteractionKind Target { get; init; }

    /// <summary>Shoppers, or sessions under a session split.</summary>
    public required int Units { get; init; }

    /// <summary>Rows learned from.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Rows judged when options are chosen.</summary>
    public required int ValidationRows { get; init; }

    /// <summary>Rows judged at the end.</summary>
    public required int TestRows { get; init; }

    /// <summary>Rows that are history of judged rows only.</summary>
    public required int ContextRows { get; init; }

    /// <summary>Rows in no part: behind the judged row of their unit.</summary>
    public required int DroppedRows { get; init; }

    /// <summary>Rows of the target kind that have no time, in no part under a split by time; 0 otherwise.</summary>
    public required int RowsWithoutTime { get; init; }

    /// <summary>Units with a judged validation row.</summary>
    public required int UnitsValidated { get; init; }

    /// <summary>Units with a judged test row.</summary>
    public required int UnitsTested { get; init; }

    /// <summary>First moment of the validation part under a split by time, ms since 1970 UTC.</summary>
    public long? ValidationFromMs { get; init; }

    /// <summary>First moment of the test part under a split by time, ms since 1970 UTC.</summary>
    public long? TestFromMs { get; init; }

    /// <summary>Rows whose revenue is known.</summary>
    public required int RowsWithRevenue { get; init; }

    /// <summary>Of these, rows whose price is the catalogue's, not the line's own.</summary>
    public required int RowsAtListPrice { get; init; }

    /// <summary>Of these, rows whose margin is revenue times the assumed margin rate, since no unit cost is known.</summary>
    public required int RowsWithAssumedMargin { get; init; }

    /// <summary>The rate that those rows assume.</summary>
    public required double MarginRate { get; init; }

    /// <summary>Methods that these rows cannot feed, with the reason.</summary>
    public required IReadOnlyList<InapplicableMethod> NotApplicable { get; init; }

    /// <summary>Writes <c>split.json</c>.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Reads <c>split.json</c>.</summary>
    /// <exception cref="InvalidDataException">Not a summary, or one of a newer version.</exception>
    public static SplitSummary Load(string path)
    {
        try
        {
            var summary = JsonSerializer.Deserialize<SplitSummary>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path} holds no summary; run the stage clean again.");
            return summary.Version <= 1
                ? summary
                : throw new InvalidDataException($"{path} has version {summary.Version}, newer than 1; update Touchstone.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a summary of a split ({error.Message}); run the stage clean again.", error);
        }
    }
}

/// <summary>A method that the rows cannot feed.</summary>
/// <param name="Method">The method.</param>
/// <param name="Reason">Why not.</param>
public sealed record InapplicableMethod(SplitMethod Method, string Reason);
