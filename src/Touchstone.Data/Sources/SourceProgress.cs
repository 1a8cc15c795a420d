namespace Touchstone.Data.Sources;

/// <summary>How far the reading of a source is.</summary>
/// <param name="File">Name of the file being read, relative to shop.yaml.</param>
/// <param name="BytesRead">Bytes read of all files of the source, as they lie on disk.</param>
/// <param name="TotalBytes">Bytes of all files of the source.</param>
/// <param name="Rows">Rows yielded so far.</param>
public sealed record SourceProgress(string File, long BytesRead, long TotalBytes, long Rows);
