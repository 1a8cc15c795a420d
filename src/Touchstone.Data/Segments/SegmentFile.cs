namespace Touchstone.Data.Segments;

/// <summary>Opens segment files.</summary>
public static class SegmentFile
{
    /// <summary>Starts a new segment.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <exception cref="SegmentException">It exists, or cannot be written.</exception>
    public static SegmentWriter<T> Create<T>(string path) => SegmentWriter<T>.Start(path, FileMode.CreateNew, null, null);

    /// <summary>
    /// Opens a segment to append to it, or starts it. A torn tail is cut off first: see <see cref="SegmentWriter{T}.TruncatedBytes"/>.
    /// </summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <exception cref="SegmentException">Sealed, damaged, of an older set of columns, owned by another writer, or not writable.</exception>
    public static SegmentWriter<T> OpenOrCreate<T>(string path) => SegmentWriter<T>.OpenOrCreate(path, null);

    /// <summary>Opens a segment to read it.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="SegmentException">Not a segment of this fact, of a newer format, or not to be read.</exception>
    public static SegmentReader<T> Open<T>(string path) => SegmentReader<T>.Open(path);
}
