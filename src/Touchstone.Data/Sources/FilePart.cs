namespace Touchstone.Data.Sources;

/// <summary>A part of a text file that begins and ends with whole lines, so that parts can be read side by side.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">Byte behind the last.</param>
internal sealed record FilePart(long Start, long End)
{
    /// <summary>Parts of less than this are not worth a thread.</summary>
    private const long LeastBytes = 1 << 22;

    /// <summary>Cuts a file that is not packed into parts of about the same size, at ends of lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Most parts, from 1.</param>
    public static IReadOnlyList<FilePart> Cut(string path, int most)
    {
        var length = new FileInfo(path).Length;
        var count = (int)Math.Clamp(length / LeastBytes, 1, most);
        if (count == 1 || SourceStreams.IsGzip(new SourceFile(Path.GetFullPath(path), path))) return [new FilePart(0, length)];
        using var stream = File.OpenRead(path);
        List<FilePart> parts = [];
        var start = 0L;
        for (var part = 1; part < count; part++)
        {
            var end = EndOfLine(stream, Math.Max(start, length * part / count));
            if (end > start) parts.Add(new FilePart(start, end));
            start = end;
        }

        if (start < length) parts.Add(new FilePart(start, length));
        return parts;
    }

    /// <summary>The bytes of the part.</summary>
    public Stream Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan) { Position = Start };
        return new PartStream(stream, End - Start);
    }

    private static long EndOfLine(FileStream stream, long from)
    {
        stream.Position = from;
        var buffer = new byte[1 << 12];
        while (true)
        {
            var count = stream.Read(buffer);
            if (count == 0) return stream.Length;
            var at = buffer.AsSpan(0, count).IndexOf((byte)'\n');
            if (at >= 0) return stream.Position - count + at + 1;
        }
    }
}
