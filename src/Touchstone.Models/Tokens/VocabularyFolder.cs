using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Models.Tokens;

/// <summary>A vocabulary's files in Hugging Face's form; <c>tokenizer_config.json</c> has one key of ours.</summary>
internal static class VocabularyFolder
{
    internal const string TokensFile = "vocab.txt";
    internal const string ConfigFile = "tokenizer_config.json";
    private const string NormaliserKey = "touchstone_normaliser";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static void Write(string folder, string[] tokens, TextNormalisation normalisation)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, TokensFile), Strict.GetBytes(string.Join('\n', tokens) + "\n"));
        var config = new JsonObject
        {
            ["tokenizer_class"] = "BertTokenizer",
            ["do_lower_case"] = true,
            ["strip_accents"] = normalisation == TextNormalisation.Bert,
            ["tokenize_chinese_chars"] = true,
            ["pad_token"] = "[PAD]",
            ["unk_token"] = "[UNK]",
            ["cls_token"] = "[CLS]",
            ["sep_token"] = "[SEP]",
            ["mask_token"] = "[MASK]",
            [NormaliserKey] = Name(normalisation),
        };
        File.WriteAllText(Path.Combine(folder, ConfigFile), config.ToJsonString(Indented) + "\n");
    }

    internal static byte[] ReadTokens(string folder)
    {
        var path = Path.Combine(folder, TokensFile);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: cannot be read: {cause.Message} A text model needs its vocabulary beside it.", cause);
        }
    }

    /// <summary>The lines of a text; a byte order mark and carriage returns are passed over.</summary>
    internal static string[] Lines(ReadOnlySpan<byte> utf8, string where)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[3..];
        var lines = new List<string>();
        while (!utf8.IsEmpty)
        {
            var end = utf8.IndexOf((byte)'\n');
            var line = end < 0 ? utf8 : utf8[..end];
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            try
            {
                lines.Add(Strict.GetString(line));
            }
            catch (DecoderFallbackException cause)
            {
                throw new CheckpointException($"{where}:{lines.Count + 1} is not UTF-8. Save the file as UTF-8.", cause);
            }
        }

        return [.. lines];
    }

    /// <summary>Which normaliser the folder states; BERT's where nothing is stated, since then it was imported.</summary>
    internal static TextNormalisation ReadNormalisation(string folder)
    {
        var path = Path.Combine(folder, ConfigFile);
        if (!File.Exists(path)) return TextNormalisation.Bert;
        JsonObject config;
        try
        {
            config = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new CheckpointException($"{path}: expected a JSON object.");
        }
        catch (JsonException cause)
        {
            throw new CheckpointException($"{path}:{(cause.LineNumber ?? 0) + 1} is not JSON: {cause.Message}", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            throw new CheckpointException($"{path}: cannot be read: {cause.Message}", cause);
        }

        var normalisation = Text(config, NormaliserKey) switch
        {
            "shop" => TextNormalisation.Shop,
            "bert" => TextNormalisation.Bert,
            null when config[NormaliserKey] is null => TextNormalisation.Bert,
            _ => throw new CheckpointException($"{path}: {NormaliserKey} is {config[NormaliserKey]?.ToJsonString()}; known are \"bert\" and \"shop\"."),
        };
        if (normalisation == TextNormalisation.Shop) return normalisation;
        foreach (var key in (ReadOnlySpan<string>)["do_lower_case", "strip_accents", "tokenize_chinese_chars"])
        {
            if (config[key] is JsonValue value && value.TryGetValue<bool>(out var isOn) && !isOn)
                throw new CheckpointException($"{path}: {key} is false; only uncased BERT vocabularies are read. Import the uncased model.");
        }

        return normalisation;
    }

    private static string Name(TextNormalisation normalisation) => normalisation switch
    {
        TextNormalisation.Bert => "bert",
        TextNormalisation.Shop => "shop",
        _ => throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, "Expected Bert or Shop."),
    };

    private static string? Text(JsonObject config, string key) => config[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
