using System.Runtime.CompilerServices;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Segments;

/// <summary>
/// One kind of fact in one folder. <c>NAME.seg</c> is a sealed batch, <c>NAME.parquet</c> a compacted one, <c>NAME.live</c> a segment
/// that is being appended to; <c>.tmp</c> files are batches that never became whole and are passed over. Any process may read at any time.
/// </summary>
/// <typeparam name="T">The fact.</typeparam>
public sealed class FactStore<T> : IFactStore<T>
{
    private const string Sealed = ".seg";
    private const string Live = ".live";
    private const string Parquet = ".parquet";

    /// <summary>Opens the store; the folder is made when the first batch is.</summary>
    /// <param name="folder">E.g. <c>workspace/events</c>.</param>
    public FactStore(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Names of the batches, ascending by ordinal UTF-8; live segments are among them.</summary>
    public IReadOnlyList<string> ListBatches()
    {
        if (!Directory.Exists(Folder)) return [];
        var names = Directory.EnumerateFiles(Folder)
            .Where(f => Path.GetExtension(f) is Sealed or Live or Parquet)
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Distinct(StringComparer.Ordinal);
        return [.. names.Order(Utf8Ordinal.Comparer)];
    }

    /// <summary>Adds a batch: written as <c>.tmp</c>, synced, and renamed when it is whole.</summary>
    /// <param name="batch">A new name of letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="rows">The rows, in the order to keep.</param>
    /// <param name="cancellationToken">Ends the work; then nothing of the batch stays.</param>
    /// <returns>How many rows were stored.</returns>
    /// <exception cref="ArgumentException">A name that is taken or not one.</exception>
    /// <exception cref="SegmentException">Full disk, no permission, or another process writes the same batch; nothing of the batch stays.</exception>
    public long AppendBatch(string batch, IEnumerable<T> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckName(batch);
        if (Exists(batch)) throw Taken(batch);
        MakeFolder();
        var path = PathOf(batch, Sealed);
        var temporary = path + ".tmp";
        var writer = SegmentWriter<T>.Start(temporary, FileMode.Create, null, null);
        try
        {
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Append(row);
            }

            writer.Seal();
            if (Exists(batch)) throw Taken(batch);
            Move(temporary, path);
            return writer.RowCount;
        }
        catch
        {
            writer.Abandon();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Opens a live segment to append to, or starts it; sealing it (or disposing the writer) makes it a batch.</summary>
    /// <exception cref="ArgumentException">A name that is taken by a sealed batch or not one.</exception>
    /// <exception cref="SegmentException">Damaged, owned by another writer, or not writable.</exception>
    public SegmentWriter<T> OpenLive(string batch)
    {
        CheckName(batch);
        if (File.Exists(PathOf(batch, Sealed)) || File.Exists(PathOf(batch, Parquet))) throw Taken(batch);
        MakeFolder();
        return SegmentWriter<T>.OpenOrCreate(PathOf(batch, Live), PathOf(batch, Sealed));
    }

    /// <summary>Whether a batch is a live segment, still to grow.</summary>
    public bool IsLive(string batch) => File.Exists(PathOf(batch, Live));

    /// <summary>Rows of the named batches in the order of their names, by default of all; within a batch in the order they were given.</summary>
    /// <exception cref="ArgumentException">A batch that is not there (names it).</exception>
    /// <exception cref="SegmentException">Damaged (names file and byte), of a newer format, or not to be read.</exception>
    public IEnumerable<T> Read(IReadOnlyCollection<string>? batches = null)
    {
        foreach (var batch in batches?.Distinct(StringComparer.Ordinal).Order(Utf8Ordinal.Comparer) ?? (IEnumerable<string>)ListBatches())
        {
            foreach (var row in ReadBatch(batch)) yield return row;
        }
    }

    /// <summary>How a live or sealed segment ends, read to its end; null for a compacted batch.</summary>
    /// <exception cref="ArgumentException">A batch that is not there.</exception>
    /// <exception cref="SegmentException">Damaged.</exception>
    public SegmentTail? TailOf(string batch)
    {
        using var reader = TryOpen(batch);
        if (reader is null) return File.Exists(PathOf(batch, Parquet)) ? null : throw Absent(batch);
        foreach (var _ in reader.Read())
        {
            // Reading to the end finds the tail.
        }

        return reader.Tail;
    }

    /// <summary>Rewrites every sealed segment as Parquet (zstd); the segment goes once the copy was read back and found equal row by row.</summary>
    /// <returns>Names of the batches that were compacted.</returns>
    /// <exception cref="SegmentException">Damaged, not writable, or the copy differs (then the segment stays).</exception>
    public IReadOnlyList<string> Compact(CancellationToken cancellationToken = default)
    {
        List<string> compacted = [];
        foreach (var batch in ListBatches().Where(b => File.Exists(PathOf(b, Sealed))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (segment, parquet) = (PathOf(batch, Sealed), PathOf(batch, Parquet));
            ParquetFacts.Write(parquet + ".tmp", ReadSegment(segment), cancellationToken);
            var difference = ParquetFacts.FirstDifference(ReadSegment(segment), ParquetFacts.Read<T>(parquet + ".tmp"));
            if (difference is { } row)
                throw new SegmentException(parquet + ".tmp", null, FormattableString.Invariant($"row {row} differs from {segment}; the segment stays as it is."));
            File.Move(parquet + ".tmp", parquet, overwrite: true);
            File.Delete(segment);
            compacted.Add(batch);
        }

        return compacted;
    }

    /// <summary>Removes a batch, for retention and erasure.</summary>
    /// <exception cref="ArgumentException">A batch that is not there, or is live.</exception>
    public void DeleteBatch(string batch)
    {
        CheckName(batch);
        if (File.Exists(PathOf(batch, Live))) throw new ArgumentException($"{Folder}: batch {batch} is being written; seal it first.", nameof(batch));
        if (!Exists(batch)) throw Absent(batch);
        File.Delete(PathOf(batch, Parquet));
        File.Delete(PathOf(batch, Sealed));
    }

    Task<IReadOnlyList<string>> IFactStore<T>.ListBatchesAsync(CancellationToken cancellationToken) => Task.FromResult(ListBatches());

    Task<long> IFactStore<T>.AppendBatchAsync(string batch, IEnumerable<T> rows, CancellationToken cancellationToken) =>
        Task.Run(() => AppendBatch(batch, rows, cancellationToken), cancellationToken);

    async IAsyncEnumerable<T> IFactStore<T>.ReadAsync(
        IReadOnlyCollection<string>? batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var row in Read(batches))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private IEnumerable<T> ReadBatch(string batch)
    {
        using var reader = TryOpen(batch);
        if (reader is null)
        {
            if (!File.Exists(PathOf(batch, Parquet))) throw Absent(batch);
            foreach (var row in ParquetFacts.Read<T>(PathOf(batch, Parquet))) yield return row;
            yield break;
        }

        foreach (var row in reader.Read()) yield return row;
        CheckSeal(reader);
    }

    private static IEnumerable<T> ReadSegment(string path)
    {
        using var reader = SegmentReader<T>.Open(path);
        foreach (var row in reader.Read()) yield return row;
        CheckSeal(reader);
    }

    // A batch was renamed after its seal, so one without it has lost its end.
    private static void CheckSeal(SegmentReader<T> reader)
    {
        if (!reader.Tail.IsSealed && Path.GetExtension(reader.Path) == Sealed)
            throw new SegmentException(reader.Path, reader.Tail.WholeBytes, "the sealed segment has lost its end; restore the file from a copy.");
    }

    // A live segment can be sealed, and a sealed one compacted, between listing and opening: then the next form has the same rows.
    private SegmentReader<T>? TryOpen(string batch)
    {
        foreach (var extension in (string[])[Live, Sealed])
        {
            try
            {
                return SegmentReader<T>.Open(PathOf(batch, extension));
            }
            catch (Exception error) when (error is FileNotFoundException or SegmentException { InnerException: DirectoryNotFoundException })
            {
                // The next form is tried.
            }
        }

        return null;
    }

    private bool Exists(string batch) =>
        File.Exists(PathOf(batch, Live)) || File.Exists(PathOf(batch, Sealed)) || File.Exists(PathOf(batch, Parquet));

    private string PathOf(string batch, string extension) => Path.Combine(Folder, batch + extension);

    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SegmentException.CannotWrite(Folder, error);
        }
    }

    private static void Move(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SegmentException.CannotWrite(to, error);
        }
    }

    private ArgumentException Taken(string batch) =>
        new($"{Folder}: batch {batch} is there already; facts are only added: choose another name, or delete the batch first.", nameof(batch));

    private ArgumentException Absent(string batch) => new($"{Folder}: there is no batch {batch}.", nameof(batch));

    private static void CheckName(string batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Length is 0 or > 120 || batch[0] == '.' || !batch.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ArgumentException($"\"{batch}\" is not a batch name; use up to 120 letters, digits, '.', '_' and '-', not beginning with '.'.", nameof(batch));
    }
}
