using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Opens the reader of a file's format and refuses files that as a whole cannot be read.</summary>
internal static class RowReaders
{
    private const int PeekRowCount = 1000;

    /// <summary>Opens a file, its header read and checked.</summary>
    /// <param name="file">The file.</param>
    /// <param name="source">Its entry in shop.yaml.</param>
    /// <param name="shop">The configuration, for messages.</param>
    /// <param name="onDisk">Counts bytes read; null where the format gives no count.</param>
    /// <exception cref="SourceException">The file is empty, packed badly, in another encoding, or has a faulty header.</exception>
    public static RowReader Open(SourceFile file, SourceDefinition source, ShopConfiguration shop, out ByteCounter? onDisk)
    {
        onDisk = null;
        var format = SourceStreams.Format(file, source, shop);
        if (file.Size == 0) throw new SourceException(file.Name, 0, $"is empty; export it again, or take it out of {shop.FileName}.");
        try
        {
            if (format == SourceFormat.Parquet) return OpenParquet(file);
            var delimiter = format is SourceFormat.Csv or SourceFormat.Tsv ? Delimiter(file, source, format) : '\0';
            var hasQuotes = HasQuotes(file, source, delimiter);
            var columns = Peek(file, source, shop, format, delimiter, hasQuotes);
            (var stream, onDisk) = SourceStreams.Open(file, source);
            return Make(stream, source, format, delimiter, hasQuotes, columns);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, 0, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SourceException(file.Name, 0, $"may not be read by this user{SourceFiles.At(source, shop)}; give read permission.", e);
        }
    }

    /// <summary>Whether quotes enclose cells.</summary>
    public static bool HasQuotes(SourceFile file, SourceDefinition source, char delimiter) =>
        source.Quotes == QuoteUse.On || (source.Quotes == QuoteUse.Auto && (delimiter != '\t' || TabQuotes(file, source)));

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="SourceException">The rest of the file cannot be read.</exception>
    public static bool Advance(RowReader reader, SourceFile file)
    {
        try
        {
            return reader.Read();
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, reader.LineNumber, e);
        }
        catch (DuckDB.NET.Data.DuckDBException e)
        {
            throw new SourceException(file.Name, reader.LineNumber, $"cannot be read any further as Parquet: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>The fault of a file whose packing ends or breaks.</summary>
    public static SourceException Damaged(SourceFile file, long lineNumber, Exception inner) =>
        new(file.Name, lineNumber, "is damaged or cut off here: its gzip stream cannot be unpacked any further. Copy or export it again.", inner);

    private static RowReader Make(Stream stream, SourceDefinition source, SourceFormat format, char delimiter, bool hasQuotes, IReadOnlyList<string> columns)
    {
        var transcodedFrom = SourceStreams.TranscodedFrom(source);
        return format switch
        {
            SourceFormat.Jsonl => new JsonLinesReader(stream, transcodedFrom, columns),
            SourceFormat.Sequences => new SequenceReader(stream, transcodedFrom),
            _ => new DelimitedReader(stream, delimiter, hasQuotes, transcodedFrom),
        };
    }

    private static ParquetReader OpenParquet(SourceFile file)
    {
        var unpacked = Path.Combine(Path.GetTempPath(), $"touchstone-{Guid.CreateVersion7():N}");
        var isPacked = SourceStreams.Unpacked(file, unpacked);
        try
        {
            return isPacked ? new ParquetReader(unpacked, unpacked) : new ParquetReader(file.Path, null);
        }
        catch (DuckDB.NET.Data.DuckDBException e)
        {
            if (isPacked) File.Delete(unpacked);
            throw new SourceException(file.Name, 0, $"cannot be read as Parquet: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>Reads the first rows once: is the encoding right, is the header sound, which columns has JSON.</summary>
    private static IReadOnlyList<string> Peek(SourceFile file, SourceDefinition source, ShopConfiguration shop, SourceFormat format, char delimiter, bool hasQuotes)
    {
        var (stream, _) = SourceStreams.Open(file, source);
        using var reader = Make(stream, source, format, delimiter, hasQuotes, []);
        if (reader is DelimitedReader table) CheckHeader(table, file, shop);
        int rows = 0, badlyEncoded = 0, notJson = 0;
        for (; rows < PeekRowCount && reader.Read(); rows++)
        {
            if (reader.Fault is { } fault && fault.StartsWith("not valid ", StringComparison.Ordinal)) badlyEncoded++;
            if (reader.Fault == "not a JSON object") notJson++;
        }

        if (badlyEncoded * 2 > rows)
            throw new SourceException(file.Name, 0, $"is not {source.Encoding}: {badlyEncoded} of its first {rows} rows are not. Set encoding: windows-1252, or the encoding that it was exported in.");
        if (notJson * 2 > rows)
            throw new SourceException(file.Name, 1, $"is not JSON Lines: {notJson} of its first {rows} rows are no JSON objects. Write one object a line, or set format.");
        if (rows == 0 && format != SourceFormat.Csv && format != SourceFormat.Tsv)
            throw new SourceException(file.Name, 0, $"is empty; export it again, or take it out of {shop.FileName}.");
        return reader.Columns;
    }

    private static void CheckHeader(DelimitedReader table, SourceFile file, ShopConfiguration shop)
    {
        if (table.HeaderFault == "holds a NUL byte")
            throw new SourceException(file.Name, table.HeaderLineNumber, "has a header with NUL bytes; if it was saved as Unicode, set encoding: utf-16.");
        if (table.HeaderFault is { } fault)
            throw new SourceException(file.Name, table.HeaderLineNumber, $"has a header that cannot be read: {fault}. Set encoding: windows-1252, or the encoding that it was exported in.");
        if (table.Columns.Count == 0 || table.Columns.All(column => column.Length == 0))
            throw new SourceException(file.Name, 0, $"is empty; export it again, or take it out of {shop.FileName}.");
        if (table.Columns.Any(column => column.Contains('\r', StringComparison.Ordinal)))
            throw new SourceException(file.Name, 1, "has lines that end in CR only; save it with LF or CRLF line ends.");
        var twice = table.Columns.Where(column => column.Length > 0).GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new SourceException(file.Name, table.HeaderLineNumber, $"names the column \"{twice.Key}\" {(twice.Count() == 2 ? "twice" : $"{twice.Count()} times")}; rename all but one.");
    }

    /// <summary>
    /// Tab-delimited files come in two dialects: quotes are text (IANA's), or they enclose cells (spreadsheets'). The second is taken
    /// only where the first 1,000 rows read better so, or where they read equally well and every cell that opens with a quote also closes with one.
    /// </summary>
    private static bool TabQuotes(SourceFile file, SourceDefinition source)
    {
        var (plainFaults, isEnclosed) = Trial(hasQuotes: false);
        var (quotedFaults, _) = Trial(hasQuotes: true);
        return quotedFaults < plainFaults || (quotedFaults == plainFaults && isEnclosed);

        (int Faults, bool IsEnclosed) Trial(bool hasQuotes)
        {
            var (stream, _) = SourceStreams.Open(file, source);
            using var reader = new DelimitedReader(stream, '\t', hasQuotes, SourceStreams.TranscodedFrom(source));
            int faults = 0, opened = 0, closed = 0;
            for (var row = 0; row < PeekRowCount && reader.Read(); row++)
            {
                if (reader.Fault is not null) faults++;
                for (var column = 0; column < reader.Columns.Count && reader.Fault is null; column++)
                {
                    if (!reader.TryCell(column, out var cell) || !cell.StartsWith('"')) continue;
                    opened++;
                    if (cell.Length > 1 && cell.EndsWith('"')) closed++;
                }
            }

            return (faults, opened > 0 && opened == closed);
        }
    }

    /// <summary>The delimiter that is stated, or that the first line tells.</summary>
    public static char Delimiter(SourceFile file, SourceDefinition source, SourceFormat format)
    {
        if (source.Delimiter is { } stated) return stated;
        if (format == SourceFormat.Tsv) return '\t';
        var (stream, _) = SourceStreams.Open(file, source);
        using (stream)
        {
            var framer = new RowFramer(stream, 0);
            var characters = Array.Empty<char>();
            while (framer.Next(out var line))
            {
                if (line.IsEmpty) continue;
                var length = TextRows.Decode(line, ref characters);
                return DelimiterGuess.Of(characters.AsSpan(0, length));
            }
        }

        return ',';
    }
}
