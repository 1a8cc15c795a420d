using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Cli.Stages;

/// <summary>One form for the JSON that stages leave.</summary>
internal static class StageJson
{
    /// <summary>Indented, snake case, enumerations as words, NaN allowed.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Writes through a temporary file, so that a reader sees all of it or nothing.</summary>
    public static void Write<T>(string path, T value) => WriteText(path, JsonSerializer.Serialize(value, Options));

    /// <summary>Writes a text the same way.</summary>
    public static void WriteText(string path, string text)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, true);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, or null where it is not there.</summary>
    public static T? ReadIfThere<T>(string path) where T : class =>
        File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options) : null;
}
