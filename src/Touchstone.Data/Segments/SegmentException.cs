namespace Touchstone.Data.Segments;

/// <summary>A file of facts that cannot be written, or cannot be read as what it says it is.</summary>
public sealed class SegmentException : IOException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="byteOffset">Where in it, from 0; null where the whole file is meant.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="cause">What the operating system said.</param>
    public SegmentException(string path, long? byteOffset, string problem, Exception? cause = null)
        : base(byteOffset is { } at ? FormattableString.Invariant($"{path}: byte {at}: {problem}") : $"{path}: {problem}", cause)
    {
        Path = path;
        ByteOffset = byteOffset;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where in it, from 0; null where the whole file is meant.</summary>
    public long? ByteOffset { get; }

    internal static SegmentException CannotWrite(string path, Exception cause) => new(
        path,
        null,
        $"cannot be written ({cause.Message.TrimEnd('.')}); free space or make the folder writable, or choose another workspace with --workspace DIR.",
        cause);

    internal static SegmentException CannotRead(string path, Exception cause) => new(
        path, null, $"cannot be read ({cause.Message.TrimEnd('.')}); check that the file is there and may be read.", cause);
}
