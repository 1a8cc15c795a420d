using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Touchstone.Models.Checkpoints;

/// <summary>The JSON header of a safetensors file.</summary>
internal static class SafetensorsHeader
{
    /// <summary>Where a tensor lies in the data.</summary>
    internal readonly record struct Entry(string Name, TensorType Type, long[] Shape, long Begin, long End);

    /// <summary>The header of tensors that follow each other in this order, padded by spaces to a multiple of 8.</summary>
    internal static byte[] Print(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(Safetensors.MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }

            long at = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                at += tensor.Bytes.Length;
                json.WriteNumberValue(at);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    /// <summary>Reads a header; every entry's bytes fill its shape.</summary>
    /// <exception cref="CheckpointException">Not such a header.</exception>
    internal static (List<Entry> Entries, SortedDictionary<string, string> Metadata) Parse(ReadOnlyMemory<byte> header, string source)
    {
        if (header.Length == 0 || header.Span[0] != (byte)'{') throw new CheckpointException($"{source}: the header does not begin with {{; this is not a safetensors file.");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(header);
        }
        catch (JsonException cause)
        {
            throw new CheckpointException($"{source}: the header is not JSON: {cause.Message}", cause);
        }

        using (document)
        {
            return Parse(document.RootElement, source);
        }
    }

    private static (List<Entry> Entries, SortedDictionary<string, string> Metadata) Parse(JsonElement header, string source)
    {
        try
        {
            var entries = new List<Entry>();
            var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in header.EnumerateObject())
            {
                if (!names.Add(property.Name)) throw new CheckpointException($"{source}: the header names \"{property.Name}\" twice.");
                if (property.Name != Safetensors.MetadataKey)
                {
                    entries.Add(ParseEntry(property.Name, property.Value, source));
                    continue;
                }

                if (property.Value.ValueKind != JsonValueKind.Object) throw new CheckpointException($"{source}: {Safetensors.MetadataKey} is not an object of strings.");
                foreach (var pair in property.Value.EnumerateObject())
                {
                    if (pair.Value.ValueKind != JsonValueKind.String) throw new CheckpointException($"{source}: {Safetensors.MetadataKey} \"{pair.Name}\" is not a string.");
                    metadata[pair.Name] = pair.Value.GetString() ?? "";
                }
            }

            return (entries, metadata);
        }
        catch (InvalidOperationException cause)
        {
            // Text that is not Unicode shows only when it is read.
            throw new CheckpointException($"{source}: the header is not valid UTF-8: {cause.Message}", cause);
        }
    }

    private static Entry ParseEntry(string name, JsonElement entry, string source)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !entry.TryGetProperty("shape", out var shapeJson) || Numbers(shapeJson) is not { } shape
            || !entry.TryGetProperty("data_offsets", out var offsetsJson) || Numbers(offsetsJson) is not [var begin, var end])
            throw new CheckpointException($"{source}: tensor \"{name}\" needs dtype (text), shape (whole numbers) and data_offsets (two whole numbers).");
        TensorType type = dtype.GetString() switch
        {
            "F32" => TensorType.F32,
            "F64" => TensorType.F64,
            "I32" => TensorType.I32,
            "I64" => TensorType.I64,
            "U8" => TensorType.U8,
            var other => throw new CheckpointException($"{source}: tensor \"{name}\" is of type {other}; known are F32, F64, I32, I64, U8. Convert it first."),
        };
        if (end < begin) throw new CheckpointException($"{source}: tensor \"{name}\" ends at byte {end}, before it begins at {begin}.");
        long wanted;
        try
        {
            wanted = NamedTensor.ByteCount(type, shape);
        }
        catch (ArgumentException cause)
        {
            throw new CheckpointException($"{source}: tensor \"{name}\" has an impossible shape {NamedTensor.Text(shape)}.", cause);
        }

        if (wanted != end - begin)
            throw new CheckpointException($"{source}: tensor \"{name}\" {type} {NamedTensor.Text(shape)} needs {wanted} bytes, but its offsets [{begin}, {end}] hold {end - begin}.");
        return new Entry(name, type, shape, begin, end);
    }

    private static long[]? Numbers(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array) return null;
        var numbers = new long[array.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
            if (array[i].ValueKind != JsonValueKind.Number || !array[i].TryGetInt64(out numbers[i]) || numbers[i] < 0) return null;
        return numbers;
    }
}
