using System.IO.Compression;
using System.Text;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Gzipped UTF-8 text with line feeds; the bytes hold no time, so equal text makes equal files.</summary>
internal static class GzipText
{
    /// <summary>Opens a file anew.</summary>
    public static StreamWriter Create(string path) => new(
        new GZipStream(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16), CompressionLevel.Fastest),
        new UTF8Encoding(false),
        1 << 16)
    {
        NewLine = "\n",
    };
}
