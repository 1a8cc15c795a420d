using System.Text.Json;
using System.Text.Json.Serialization;
using Touchstone.Search.Fusion;
using Touchstone.Search.Lexical;

namespace Touchstone.Search;

/// <summary>How an index was made and how its searchers weigh (<c>index.json</c>, form 1).</summary>
public sealed record SearchIndexCard
{
    private const string FileName = "index.json";
    private const string ThisFormat = "touchstone.search-index/1";

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Form of the folder.</summary>
    public string Format { get; init; } = ThisFormat;

    /// <summary>How many products.</summary>
    public int Products { get; init; }

    /// <summary>One analyzer for all texts (<c>plain</c>, <c>english</c>, <c>chinese</c>); null: by each text's locale.</summary>
    public string? Analyzer { get; init; }

    /// <summary>How words are weighed.</summary>
    public LexicalOptions Lexical { get; init; } = new();

    /// <summary>k of the fusion by reciprocal rank.</summary>
    public double FusionK { get; init; } = ReciprocalRank.StandardK;

    /// <summary>Model that made the vectors; null where there are none.</summary>
    public string? Encoder { get; init; }

    /// <summary>Its version in the registry.</summary>
    public string? EncoderVersion { get; init; }

    /// <exception cref="SearchIndexException">Missing, damaged, or of another form.</exception>
    internal static SearchIndexCard Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new SearchIndexException($"{path} is not there; run `touchstone index shop.yaml` first.");
        try
        {
            var card = JsonSerializer.Deserialize<SearchIndexCard>(File.ReadAllBytes(path), Form);
            return card?.Format == ThisFormat ? card
                : throw new SearchIndexException($"{path} has the form \"{card?.Format}\"; this Touchstone reads {ThisFormat}. Run `touchstone index shop.yaml` again.");
        }
        catch (Exception cause) when (cause is JsonException or ArgumentException or IOException)
        {
            throw new SearchIndexException($"{path} cannot be read: {cause.Message} Run `touchstone index shop.yaml` again.", cause);
        }
    }

    internal void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Form) + "\n");
}
