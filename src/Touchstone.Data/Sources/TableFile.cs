using System.Globalization;
using System.Numerics;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>A table that a verb names on its own, outside any shop.yaml: its columns by name, its cells with errors that say file and line.</summary>
internal sealed class TableFile : IDisposable
{
    private const int RowsALook = 1 << 10;
    private readonly RowReader _reader;
    private readonly SourceFile _file;
    private readonly CancellationToken _cancellation;
    private int _rows;

    private TableFile(SourceFile file, RowReader reader, CancellationToken cancellation) => (_file, _reader, _cancellation) = (file, reader, cancellation);

    /// <summary>The path as it was named.</summary>
    public string Path => _file.Name;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns => _reader.Columns;

    /// <summary>Line of the row, from 1.</summary>
    public long LineNumber => _reader.LineNumber;

    /// <summary>Opens CSV, TSV, JSON Lines or Parquet by its name; any other name is taken as CSV.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file is not there, or cannot be read as a whole.</exception>
    public static TableFile Open(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (file, source) = Source(path);
        if (file.Size == 0) throw new SourceException(path, 0, "is empty; export it again.");
        return new TableFile(file, RowReaders.Open(file, source, new ShopConfiguration(), out _), cancellationToken);
    }

    /// <summary>The file, and how one reads it that no shop.yaml describes.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    public static (SourceFile File, SourceDefinition Source) Source(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new SourceException(path, 0, "is a folder; name a file.");
        if (!File.Exists(path)) throw new SourceException(path, 0, "is not there; check the path.");
        return (new SourceFile(System.IO.Path.GetFullPath(path), path), new SourceDefinition { Path = path, Format = SourceStreams.FormatOf(path) ?? SourceFormat.Csv });
    }

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="SourceException">The row, or the rest of the file, cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    public bool Read()
    {
        if ((++_rows & (RowsALook - 1)) == 0) _cancellation.ThrowIfCancellationRequested();
        if (!RowReaders.Advance(_reader, _file)) return false;
        return _reader.Fault is { } fault ? throw Fault($"cannot be read ({fault}); mend or remove the row.") : true;
    }

    /// <summary>Index of a column; −1 where there is none.</summary>
    /// <param name="names">Names that it may have, the best first, each exactly or else by its letters and digits.</param>
    public int Find(params IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < Columns.Count; i++)
                if (Columns[i] == name) return i;
            var plain = ColumnNames.Plain(name);
            for (var i = 0; i < Columns.Count; i++)
                if (ColumnNames.Plain(Columns[i]) == plain) return i;
        }

        return -1;
    }

    /// <summary>Index of a column that must be there.</summary>
    /// <param name="form">What is to be written instead.</param>
    /// <param name="names">Names that it may have, the best first.</param>
    /// <exception cref="SourceException">The table has none; names the first and those there are.</exception>
    public int Need(string form, params IReadOnlyList<string> names) => Find(names) is var at and >= 0
        ? at
        : throw new SourceException(Path, Math.Max(1, _reader.HeaderLineNumber), $"has no column {names[0]}; it has: {string.Join(", ", Columns)}. {form}");

    /// <summary>A cell's text as it stands, never blank.</summary>
    /// <exception cref="SourceException">The cell is absent or blank; says what it should hold.</exception>
    public ReadOnlySpan<char> Text(int column, string? remedy = null) =>
        _reader.TryCell(column, out var text) && !text.IsWhiteSpace() ? text : throw Fault($"has no {Columns[column]}{(remedy is null ? "." : "; " + remedy)}");

    /// <summary>A cell's text as it stands; empty where it is absent, or the column is −1.</summary>
    public string TextOrEmpty(int column) => column >= 0 && _reader.TryCell(column, out var text) ? text.ToString() : "";

    /// <summary>A cell's text as it stands, without making a string; empty where it is absent. Valid until the next call.</summary>
    public ReadOnlySpan<char> Cell(int column) => _reader.TryCell(column, out var text) ? text : [];

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="SourceException">The cell is absent, or no such number.</exception>
    public T Whole<T>(int column, T minimum, string? remedy = null) where T : struct, IBinaryInteger<T>
    {
        var text = Text(column, remedy).Trim();
        return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw Fault($"{Columns[column]} \"{Short(text)}\" is not a whole number from {minimum}.");
    }

    /// <summary>A cell's number, finite; <c>true</c> and <c>false</c> are 1 and 0.</summary>
    /// <exception cref="SourceException">The cell is absent, or no finite number.</exception>
    public double Number(int column, string? remedy = null)
    {
        var text = Text(column, remedy).Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase)) return 1;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase)) return 0;
        throw Fault(remedy is null
            ? $"{Columns[column]} \"{Short(text)}\" is not a finite number; write it with a decimal point, such as 12.50."
            : $"{Columns[column]} = \"{Short(text)}\" is not a finite number; {remedy}");
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

    private static string Short(ReadOnlySpan<char> text) => text.Length > 60 ? string.Concat(text[..60], "…") : text.ToString();
}
