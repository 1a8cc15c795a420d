using System.Globalization;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>A table that a verb names on its own, outside any shop.yaml: its columns by name, its cells with errors that say file and line.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly RowReader _reader;
    private readonly SourceFile _file;

    private TableFile(SourceFile file, RowReader reader) => (_file, _reader) = (file, reader);

    /// <summary>The path as it was named.</summary>
    public string Path => _file.Name;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => _reader.Columns;

    /// <summary>Line of the row, from 1.</summary>
    public long LineNumber => _reader.LineNumber;

    /// <summary>Opens CSV, TSV, JSON Lines or Parquet by its name; any other name is taken as CSV.</summary>
    /// <exception cref="SourceException">The file is not there, or cannot be read as a whole.</exception>
    public static TableFile Open(string path)
    {
        if (Directory.Exists(path)) throw new SourceException(path, 0, "is a folder; name a file.");
        if (!File.Exists(path)) throw new SourceException(path, 0, "is not there; check the path.");
        var file = new SourceFile(System.IO.Path.GetFullPath(path), path);
        if (file.Size == 0) throw new SourceException(path, 0, "is empty; export it again.");
        var format = SourceStreams.FormatOf(path) ?? SourceFormat.Csv;
        return new TableFile(file, RowReaders.Open(file, new SourceDefinition { Path = path, Format = format }, new ShopConfiguration(), out _));
    }

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="SourceException">The row, or the rest of the file, cannot be read.</exception>
    public bool Read()
    {
        try
        {
            if (!_reader.Read()) return false;
        }
        catch (InvalidDataException e)
        {
            throw RowReaders.Damaged(_file, _reader.LineNumber, e);
        }
        catch (DuckDB.NET.Data.DuckDBException e)
        {
            throw new SourceException(Path, _reader.LineNumber, $"cannot be read any further as Parquet: {e.Message.Split('\n')[0]}", e);
        }

        if (_reader.Fault is { } fault) throw Fault($"cannot be read ({fault}); mend or remove the row.");
        return true;
    }

    /// <summary>Index of a column by exact name, else by its letters and digits; −1 where there is none.</summary>
    public int Find(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] == name) return i;
        var plain = ColumnNames.Plain(name);
        for (var i = 0; i < Columns.Count; i++)
            if (ColumnNames.Plain(Columns[i]) == plain) return i;
        return -1;
    }

    /// <summary>A cell's text, never blank.</summary>
    /// <exception cref="SourceException">The cell is absent or blank; says what it should hold.</exception>
    public ReadOnlySpan<char> Text(int column, string remedy)
    {
        if (!_reader.TryCell(column, out var text) || text.IsWhiteSpace()) throw Fault($"has no {Columns[column]}; {remedy}");
        return text.Trim();
    }

    /// <summary>A cell's number, finite; <c>true</c> and <c>false</c> are 1 and 0.</summary>
    /// <exception cref="SourceException">The cell is absent, or no finite number.</exception>
    public double Number(int column, string remedy)
    {
        var text = Text(column, remedy);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase)) return 1;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase)) return 0;
        throw Fault($"{Columns[column]} = \"{(text.Length > 60 ? string.Concat(text[..60], "…") : text)}\" is not a finite number; {remedy}");
    }

    /// <summary>A probability; 0 only where it is allowed.</summary>
    /// <exception cref="SourceException">The cell is absent, no number, or out of range.</exception>
    public double Probability(int column, bool isZeroAllowed, string remedy)
    {
        var number = Number(column, remedy);
        if (number <= 1 && (number > 0 || (isZeroAllowed && number == 0))) return number;
        throw Fault(FormattableString.Invariant($"{Columns[column]} = {number}; expected {(isZeroAllowed ? "[0, 1]" : "(0, 1]")}. ") + char.ToUpperInvariant(remedy[0]) + remedy[1..]);
    }

    /// <summary>A fault at the row.</summary>
    public SourceException Fault(string problem) => new(Path, LineNumber, problem);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
