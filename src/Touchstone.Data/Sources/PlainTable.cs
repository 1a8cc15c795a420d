using System.Globalization;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>
/// A table of anyone's: CSV, TSV, JSON Lines or Parquet, gzipped or not, whose columns are asked for by the names that they may have.
/// Every fault says file, line and remedy.
/// </summary>
internal sealed class PlainTable : IDisposable
{
    private readonly RowReader _reader;

    private PlainTable(string path, RowReader reader)
    {
        Path = path;
        _reader = reader;
    }

    /// <summary>Name of the file, as the caller wrote it.</summary>
    public string Path { get; }

    /// <summary>Line of the row, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>Columns as the file names them.</summary>
    public IReadOnlyList<string> Columns => _reader.Columns;

    /// <summary>Opens a file.</summary>
    /// <exception cref="SourceException">It is not there, empty, or not to be read.</exception>
    public static PlainTable Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new SourceException(path, 0, "is a folder; name a file.");
        if (!File.Exists(path)) throw new SourceException(path, 0, "is not there; check the path.");
        var file = new SourceFile(System.IO.Path.GetFullPath(path), path);
        if (file.Size == 0) throw new SourceException(path, 0, "is empty; export it again.");
        var source = new SourceDefinition { Path = path, Format = SourceStreams.FormatOf(path) ?? SourceFormat.Csv };
        return new PlainTable(path, RowReaders.Open(file, source, new ShopConfiguration(), out _));
    }

    /// <summary>Index of a column, -1 where there is none.</summary>
    /// <param name="names">Names that it may have, the best first, compared by letters and digits only.</param>
    public int Find(params IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < _reader.Columns.Count; i++)
                if (ColumnNames.Plain(_reader.Columns[i]) == ColumnNames.Plain(name)) return i;
        }

        return -1;
    }

    /// <summary>Index of a column that must be there.</summary>
    public int Need(string form, params IReadOnlyList<string> names) => Find(names) is var at and >= 0
        ? at
        : throw new SourceException(Path, Math.Max(1, _reader.HeaderLineNumber), $"has no column {names[0]}; it has: {string.Join(", ", _reader.Columns)}. {form}");

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Read()
    {
        if (!_reader.Read()) return false;
        return _reader.Fault is null ? true : throw Fault($"cannot be read: {_reader.Fault}.");
    }

    /// <summary>A cell as text; empty where it is absent, or the column is -1.</summary>
    public string Text(int column) => column >= 0 && _reader.TryCell(column, out var text) ? text.ToString() : "";

    /// <summary>A cell that must hold something.</summary>
    public string NeedText(int column) => Text(column) is { Length: > 0 } text ? text : throw Fault($"has no {Columns[column]}.");

    /// <summary>A whole number within bounds.</summary>
    public int Whole(int column, int minimum)
    {
        var text = NeedText(column);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < minimum)
            throw Fault($"{Columns[column]} \"{text}\" is not a whole number from {minimum}.");
        return number;
    }

    /// <summary>A finite number, <c>true</c> and <c>false</c> being 1 and 0.</summary>
    public double Number(int column)
    {
        var text = NeedText(column);
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase)) return 1;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase)) return 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Fault($"{Columns[column]} \"{text}\" is not a finite number; write it with a decimal point, such as 12.50.");
    }

    /// <summary>A fault of the row at hand.</summary>
    public SourceException Fault(string problem) => new(Path, Line, problem);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
