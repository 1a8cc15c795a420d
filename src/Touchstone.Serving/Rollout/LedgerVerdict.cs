using System.Text.Json;
using Touchstone.Domain;

namespace Touchstone.Serving.Rollout;

/// <summary>What a verdict of the ledger says of a model's right to serve.</summary>
public sealed record LedgerVerdict
{
    /// <summary>Kind of ledger entry that holds a verdict.</summary>
    public const string EntryKind = "verdict";

    /// <summary>The model judged.</summary>
    public required string Model { get; init; }

    /// <summary>The version judged; null in ledgers of a program that did not write it down.</summary>
    public required string? Version { get; init; }

    /// <summary>What follows.</summary>
    public required Decision Decision { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>When it was given, UTC.</summary>
    public required DateTime GivenAt { get; init; }

    /// <summary>Whether it admits the version to shoppers.</summary>
    public bool Admits => Version is not null && Decision is Decision.Try or Decision.Ship;

    /// <summary>Reads an entry; null where it is no verdict.</summary>
    /// <exception cref="InvalidDataException">A verdict that cannot be read (names the entry).</exception>
    public static LedgerVerdict? Of(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Kind != EntryKind) return null;
        try
        {
            using var json = JsonDocument.Parse(entry.Json);
            var verdict = json.RootElement;
            return new LedgerVerdict
            {
                Model = Text(verdict, "challenger") ?? throw new JsonException("there is no \"challenger\""),
                Version = Text(verdict, "challenger_version"),
                Decision = DecisionOf(Text(verdict, "decision")),
                Sentence = Text(verdict, "sentence") ?? "",
                GivenAt = entry.OccurredAt,
            };
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"ledger entry {entry.Id}: the verdict cannot be read: {cause.Message}. Run again with --from verdict, or update the server.", cause);
        }
    }

    private static Decision DecisionOf(string? word) => word switch
    {
        "try" => Decision.Try,
        "ship" => Decision.Ship,
        "hold" => Decision.Hold,
        "roll-back" => Decision.RollBack,
        _ => throw new JsonException($"decision \"{word}\" is not one of try, ship, hold, roll-back"),
    };

    private static string? Text(JsonElement verdict, string name) =>
        verdict.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;
}
