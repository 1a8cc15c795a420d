using System.Buffers.Binary;

namespace Touchstone.Models.Checkpoints;

/// <summary>
/// Writes and reads safetensors files: 8 bytes header length, a JSON header, the bytes of the tensors
/// (github.com/huggingface/safetensors, "Format"). The same tensors always give the same bytes.
/// </summary>
public static class Safetensors
{
    /// <summary>Header key that holds free text instead of a tensor.</summary>
    internal const string MetadataKey = "__metadata__";

    /// <summary>Headers beyond this are refused, as the reference reader does.</summary>
    internal const long MaximumHeaderBytes = 100_000_000;

    /// <summary>Writes a file: larger elements first, then by name, so that every tensor is aligned.</summary>
    /// <param name="path">File to write; an old one is replaced.</param>
    /// <param name="tensors">Tensors of distinct names, in any order.</param>
    /// <param name="metadata">Free text pairs; null for none.</param>
    /// <exception cref="CheckpointException">A name occurs twice.</exception>
    public static void Write(string path, IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = File.Create(path);
        Write(stream, tensors, metadata);
    }

    /// <inheritdoc cref="Write(string, IEnumerable{NamedTensor}, IReadOnlyDictionary{string, string})"/>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="tensors">Tensors of distinct names, in any order.</param>
    /// <param name="metadata">Free text pairs; null for none.</param>
    public static void Write(Stream stream, IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        NamedTensor[] ordered = [.. tensors.OrderByDescending(tensor => NamedTensor.ElementSize(tensor.Type)).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in ordered)
            if (!names.Add(tensor.Name)) throw new CheckpointException($"Two tensors are named \"{tensor.Name}\"; give each its own name.");

        var header = SafetensorsHeader.Print(ordered, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered) stream.Write(tensor.Bytes);
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="CheckpointException">Missing, cut off, or not what its header says (names the file and the tensor).</exception>
    public static Checkpoint Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: cannot be read: {cause.Message}", cause);
        }

        return Read(bytes, path);
    }

    /// <summary>Reads a file that is already in memory; the tensors share its bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">Its name, for errors.</param>
    /// <exception cref="CheckpointException">Cut off, or not what its header says.</exception>
    public static Checkpoint Read(ReadOnlyMemory<byte> bytes, string source)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Checkpoints are little-endian; this processor is not.");
        if (bytes.Length < 8) throw new CheckpointException($"{source}: {bytes.Length} bytes; a safetensors file begins with 8 bytes of header length. The file is cut off: write it again.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > MaximumHeaderBytes) throw new CheckpointException($"{source}: states a header of {length} bytes, above the limit of {MaximumHeaderBytes}; this is not a safetensors file.");
        if (length > (ulong)bytes.Length - 8) throw new CheckpointException($"{source}: states a header of {length} bytes, but only {bytes.Length - 8} follow. The file is cut off: write it again.");
        var data = bytes[(8 + (int)length)..];
        var (entries, metadata) = SafetensorsHeader.Parse(bytes.Slice(8, (int)length), source);
        entries.Sort((left, right) => left.Begin != right.Begin ? left.Begin.CompareTo(right.Begin) : left.End.CompareTo(right.End));
        var tensors = new List<NamedTensor>(entries.Count);
        long at = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
                throw new CheckpointException($"{source}: tensor \"{entry.Name}\" begins at byte {entry.Begin} of the data, where {at} is expected: tensors must follow each other without holes or overlap.");
            if (entry.End > data.Length)
                throw new CheckpointException($"{source}: tensor \"{entry.Name}\" ends at byte {entry.End} of the data, but there are {data.Length}. The file is cut off: write it again.");
            tensors.Add(new NamedTensor(entry.Name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]));
            at = entry.End;
        }

        if (at != data.Length)
            throw new CheckpointException($"{source}: {data.Length - at} bytes follow the last tensor; the header does not describe this file.");
        return new Checkpoint { Source = source, Tensors = tensors, Metadata = metadata };
    }
}
