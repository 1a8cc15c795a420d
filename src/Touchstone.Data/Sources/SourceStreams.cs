using System.Text;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Opens a source file as a UTF-8 stream: unpacked and transcoded.</summary>
internal static class SourceStreams
{
    /// <summary>The stream and the count of bytes read from disk.</summary>
    public static (Stream Text, ByteCounter OnDisk) Open(SourceFile file, SourceDefinition source)
    {
        var counter = new ByteCounter(new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan));
        Stream stream = IsGzip(file) ? new WholeGzipStream(file.Path, counter) : counter;
        if (TranscodedFrom(source) is not null && TextEncodings.Find(source.Encoding) is { } encoding)
            stream = Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return (stream, counter);
    }

    /// <summary>Name of the encoding where it is not UTF-8.</summary>
    public static string? TranscodedFrom(SourceDefinition source) => source.Encoding.ToLowerInvariant() is "utf-8" or "utf8" ? null : source.Encoding;

    /// <summary>Whether the content is gzip, whatever the name says.</summary>
    public static bool IsGzip(SourceFile file)
    {
        using var stream = File.OpenRead(file.Path);
        return stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
    }

    /// <summary>The format, told by the extension where it is not stated.</summary>
    /// <exception cref="SourceException">The extension tells nothing.</exception>
    public static SourceFormat Format(SourceFile file, SourceDefinition source, ShopConfiguration shop)
    {
        if (source.Format != SourceFormat.Auto) return source.Format;
        return FormatOf(file.Path) ?? throw new SourceException(file.Name, 0,
            $"has a format that its name does not tell{SourceFiles.At(source, shop)}; set format: csv, tsv, jsonl, parquet or sequences (one user a line).");
    }

    /// <summary>The format that an extension stands for, <c>.gz</c> stripped; null where it tells nothing.</summary>
    public static SourceFormat? FormatOf(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => SourceFormat.Csv,
            ".tsv" or ".tab" => SourceFormat.Tsv,
            ".jsonl" or ".ndjson" or ".json" => SourceFormat.Jsonl,
            ".parquet" or ".pq" => SourceFormat.Parquet,
            _ => null,
        };
    }

    /// <summary>Unpacks a packed file; false where it is not packed.</summary>
    /// <exception cref="InvalidDataException">The packing is damaged, or cut off.</exception>
    public static bool Unpacked(SourceFile file, string target)
    {
        if (!IsGzip(file)) return false;
        using var packed = new WholeGzipStream(file.Path, File.OpenRead(file.Path));
        using var plain = File.Create(target);
        packed.CopyTo(plain);
        return true;
    }
}
