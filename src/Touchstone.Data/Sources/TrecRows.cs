using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Rows of a TREC file: words parted by blanks, read as bytes. Gzip is unpacked.</summary>
internal sealed class TrecRows : IDisposable
{
    private const int WordCount = 6;
    private readonly string _path;
    private readonly Stream _stream;
    private readonly RowFramer _framer;
    private readonly Range[] _words = new Range[WordCount];

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">A part of it, from one line's start to another's; null for all. Lines count from the part's start.</param>
    /// <exception cref="SourceException">It is not there, or may not be read.</exception>
    public TrecRows(string path, FilePart? part = null)
    {
        _path = path;
        var (file, source) = TableFile.Source(path);
        try
        {
            if (part is null) (_stream, _) = SourceStreams.Open(file, source);
            else _stream = part.Open(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SourceException(path, 0, "may not be read by this user; give read permission.", e);
        }

        _framer = new RowFramer(_stream, 0);
    }

    /// <summary>Line of the row, from 1.</summary>
    public long LineNumber => _framer.LineNumber;

    /// <summary>Whether the first line that is not blank looks like TREC's form and not like a table with a header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wordCount">Words that a line has.</param>
    /// <param name="number">Index of a word that is a number.</param>
    public static bool IsTrec(string path, int wordCount, int number)
    {
        if (SourceStreams.FormatOf(path) == SourceFormat.Parquet) return false;
        using var rows = new TrecRows(path);
        if (!rows.Next(out var row, out var count)) return SourceStreams.FormatOf(path) is null;
        if (count >= wordCount && NumberText.TryDouble(row[rows._words[number]], out _)) return true;
        return SourceStreams.FormatOf(path) is null && !row.Contains((byte)',');
    }

    /// <summary>The next row that is not blank, and how many words it has, counted to the sixth only.</summary>
    /// <exception cref="SourceException">The row is not UTF-8, or too long, or the packing is damaged.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next(out ReadOnlySpan<byte> row, out int count)
    {
        try
        {
            while (_framer.Next(out row))
            {
                if (_framer.Fault is { } fault) throw new SourceException(_path, LineNumber, $"cannot be read ({fault}).");
                count = Split(row);
                if (count == 0) continue;
                if (!Utf8.IsValid(row)) throw new SourceException(_path, LineNumber, "is not valid UTF-8; save the file as UTF-8.");
                return true;
            }
        }
        catch (InvalidDataException e)
        {
            throw new SourceException(_path, LineNumber, "is damaged or cut off here: its gzip stream cannot be unpacked any further. Copy or export it again.", e);
        }

        count = 0;
        return false;
    }

    /// <summary>About how many rows a file of so many bytes has, to make room for; few where it is packed.</summary>
    public static int RowsOf(string path)
    {
        const int LeastRowBytes = 32;
        return new FileInfo(path) is { Exists: true, Length: var bytes } ? (int)Math.Min(bytes / LeastRowBytes, 1 << 26) : 0;
    }

    /// <summary>A word of the row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="index">From 0.</param>
    public ReadOnlySpan<byte> Word(ReadOnlySpan<byte> row, int index) => row[_words[index]];

    /// <summary>A fault of the current row.</summary>
    public SourceException Fault(string problem) => new(_path, LineNumber, problem);

    /// <summary>Words of a row, also beyond the sixth.</summary>
    public static int Count(ReadOnlySpan<byte> row) => Encoding.UTF8.GetString(row).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Split(ReadOnlySpan<byte> row)
    {
        var count = 0;
        for (var at = 0; count < WordCount; count++)
        {
            while (at < row.Length && row[at] is (byte)' ' or (byte)'\t') at++;
            if (at >= row.Length) break;
            var start = at;
            while (at < row.Length && row[at] is not ((byte)' ' or (byte)'\t')) at++;
            _words[count] = start..at;
        }

        return count;
    }
}
