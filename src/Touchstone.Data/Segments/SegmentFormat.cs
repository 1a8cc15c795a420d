using System.Buffers.Binary;
using System.Text.Json;

namespace Touchstone.Data.Segments;

/// <summary>
/// The binary form of a segment, version 1, little-endian. Header: magic (8 bytes), version, length and CRC-32C of the schema (4 each),
/// the schema as JSON. Then records: length (4), CRC-32C of length and payload (4), payload. Between them stand marks of 32 bytes:
/// length 0xFFFFFFFF, CRC, magic of commit or seal, rows so far, own byte offset.
/// </summary>
internal static class SegmentFormat
{
    public const int Version = 1;
    public const int FixedHeaderBytes = 20;
    public const int RecordHeaderBytes = 8;
    public const int MarkBytes = 32;
    public const uint MarkLength = uint.MaxValue;

    public static ReadOnlySpan<byte> Magic => "TSFACTS\n"u8;

    public static ReadOnlySpan<byte> CommitMagic => "TSCOMMIT"u8;

    public static ReadOnlySpan<byte> SealMagic => "TSSEALED"u8;

    public static byte[] Header(string fact, IReadOnlyList<FactColumn> columns)
    {
        var schema = SchemaJson(fact, columns);
        var header = new byte[FixedHeaderBytes + schema.Length];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), schema.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), Crc32C.Of(schema));
        schema.CopyTo(header, FixedHeaderBytes);
        return header;
    }

    public static byte[] SchemaJson(string fact, IReadOnlyList<FactColumn> columns)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("fact", fact);
            json.WriteStartArray("columns");
            foreach (var column in columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("type", FactEnum<FactType>.ToText(column.Type));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">Not a schema.</exception>
    public static (string Fact, FactColumn[] Columns) ParseSchema(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var columns = document.RootElement.GetProperty("columns").EnumerateArray()
                .Select(c => new FactColumn(Text(c, "name"), FactEnum<FactType>.FromText(Text(c, "type"))));
            return (Text(document.RootElement, "fact"), [.. columns]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The schema is not readable ({error.Message}).", error);
        }
    }

    public static uint RecordCrc(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload) =>
        Crc32C.Finish(Crc32C.Add(Crc32C.Add(Crc32C.Start, length), payload));

    public static void WriteMark(Span<byte> target, bool isSeal, long rowCount, long byteOffset)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, MarkLength);
        (isSeal ? SealMagic : CommitMagic).CopyTo(target[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], rowCount);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], byteOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], RecordCrc(target[..4], target[8..MarkBytes]));
    }

    /// <summary>Whether a whole mark stands here, and what it says.</summary>
    public static bool TryReadMark(ReadOnlySpan<byte> bytes, long byteOffset, out bool isSeal, out long rowCount)
    {
        (isSeal, rowCount) = (false, 0);
        if (bytes.Length < MarkBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != MarkLength) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != RecordCrc(bytes[..4], bytes[8..MarkBytes])) return false;
        isSeal = bytes.Slice(8, 8).SequenceEqual(SealMagic);
        if (!isSeal && !bytes.Slice(8, 8).SequenceEqual(CommitMagic)) return false;
        rowCount = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]) == byteOffset;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()
        ?? throw new FormatException($"The schema has no {name}.");
}
