using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Models.Checkpoints;

/// <summary>
/// A recommender on disk: <c>config.json</c> (what it is and its options), <c>products.json</c> (ids that the rows stand for) and
/// <c>model.safetensors</c>. It says what the model is to a server, not how it came about. The same content gives the same bytes.
/// </summary>
public sealed record ModelFolder
{
    /// <summary>Version of this form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>File that says what the model is.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>File of the weights.</summary>
    public const string TensorsFile = "model.safetensors";

    /// <summary>File of the product ids: a JSON array of strings.</summary>
    public const string ProductsFile = "products.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Which loader reads it, e.g. <c>cooccurrence</c>, <c>item-to-item</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>The name that reports use, e.g. <c>ease</c>; the model type where none is stated.</summary>
    public required string Name { get; init; }

    /// <summary>Options, as shop.yaml would state them; written in ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>[product] ids, ascending by ordinal UTF-8.</summary>
    public required IReadOnlyList<string> ProductIds { get; init; }

    /// <summary>The weights.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>Writes the three files; the folder is made where it is missing.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var options = new JsonObject();
        foreach (var (key, value) in Options.OrderBy(pair => pair.Key, StringComparer.Ordinal)) options.Add(key, value);
        var config = new JsonObject
        {
            ["model_type"] = ModelType,
            ["version"] = CurrentVersion,
            ["name"] = Name,
            ["options"] = options,
        };
        File.WriteAllText(Path.Combine(folder, ConfigFile), config.ToJsonString(Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, ProductsFile), JsonSerializer.Serialize(ProductIds, Indented) + "\n");
        Safetensors.Write(Path.Combine(folder, TensorsFile), Checkpoint.Tensors, Checkpoint.Metadata);
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="CheckpointException">A file is missing or malformed (names it).</exception>
    public static ModelFolder Read(string folder)
    {
        try
        {
            return Parse(folder);
        }
        catch (InvalidOperationException cause)
        {
            // Text that is not Unicode shows only when it is read.
            throw new CheckpointException($"{folder}: {ConfigFile} or {ProductsFile} is not valid UTF-8: {cause.Message}", cause);
        }
    }

    private static ModelFolder Parse(string folder)
    {
        var configPath = Path.Combine(folder, ConfigFile);
        var config = ReadJson(configPath) as JsonObject ?? throw new CheckpointException($"{configPath}: expected a JSON object.");
        var modelType = Text(config, "model_type") ?? throw new CheckpointException($"{configPath}: there is no \"model_type\"; it says which loader reads the model.");
        if (config["version"] is JsonValue stated && (!stated.TryGetValue<int>(out var version) || version is < 1 or > CurrentVersion))
            throw new CheckpointException($"{configPath}: version {stated.ToJsonString()} is unknown; this program reads up to {CurrentVersion}.");
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (config["options"] is JsonObject pairs)
        {
            foreach (var (key, value) in pairs)
                options[key] = value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? "";
        }

        var productsPath = Path.Combine(folder, ProductsFile);
        var ids = ReadJson(productsPath) as JsonArray ?? throw new CheckpointException($"{productsPath}: expected a JSON array of product ids.");
        return new ModelFolder
        {
            ModelType = modelType,
            Name = Text(config, "name") ?? modelType,
            Options = options,
            ProductIds = [.. ids.Select((id, i) => id is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new CheckpointException($"{productsPath}: element {i} is not a string."))],
            Checkpoint = Safetensors.Read(Path.Combine(folder, TensorsFile)),
        };
    }

    private static string? Text(JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonNode? ReadJson(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: cannot be read: {cause.Message}", cause);
        }
        catch (JsonException cause)
        {
            throw new CheckpointException($"{path}: is not JSON: {cause.Message}", cause);
        }
    }
}
