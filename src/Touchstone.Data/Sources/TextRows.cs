using System.Text;
using System.Text.Unicode;

namespace Touchstone.Data.Sources;

/// <summary>Checks and decodes framed rows.</summary>
internal static class TextRows
{
    /// <summary>Why the bytes are no text; null where they are.</summary>
    /// <param name="row">UTF-8.</param>
    /// <param name="transcodedFrom">Name of the file's own encoding where it is not UTF-8: what it cannot decode arrives as U+FFFD.</param>
    public static string? Fault(ReadOnlySpan<byte> row, string? transcodedFrom)
    {
        if (row.Contains((byte)0)) return "holds a NUL byte";
        if (!Utf8.IsValid(row)) return "not valid UTF-8";
        return transcodedFrom is not null && row.IndexOf("\uFFFD"u8) >= 0 ? $"not valid {transcodedFrom}" : null;
    }

    /// <summary>Decodes valid UTF-8 into a buffer that grows as needed; returns the count of characters.</summary>
    public static int Decode(ReadOnlySpan<byte> row, ref char[] characters)
    {
        if (characters.Length < row.Length) characters = new char[Math.Max(row.Length, characters.Length * 2)];
        return Encoding.UTF8.GetChars(row, characters);
    }
}
