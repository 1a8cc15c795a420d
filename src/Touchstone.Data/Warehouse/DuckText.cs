namespace Touchstone.Data.Warehouse;

/// <summary>
/// DuckDB takes texts as C strings, which end at the first NUL. A NUL goes in as DLE 0 and a DLE as DLE P, so that every id survives.
/// </summary>
internal static class DuckText
{
    private const char Escape = '\u0010';

    public static string In(string text) => text.AsSpan().IndexOfAny('\0', Escape) < 0
        ? text
        : text.Replace("\u0010", "\u0010P", StringComparison.Ordinal).Replace("\0", "\u00100", StringComparison.Ordinal);

    public static string Out(string text) => text.IndexOf(Escape, StringComparison.Ordinal) < 0
        ? text
        : text.Replace("\u00100", "\0", StringComparison.Ordinal).Replace("\u0010P", "\u0010", StringComparison.Ordinal);
}
