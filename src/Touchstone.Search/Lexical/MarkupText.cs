using System.Net;
using System.Text.RegularExpressions;

namespace Touchstone.Search.Lexical;

/// <summary>What a shopper sees of a text that holds HTML: tags become spaces, character references the characters that they name.</summary>
internal static partial class MarkupText
{
    public static string Without(string text) => text.AsSpan().ContainsAny('<', '&') ? WebUtility.HtmlDecode(Tag.Replace(text, " ")) : text;

    [GeneratedRegex("</?[A-Za-z!][^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag { get; }
}
