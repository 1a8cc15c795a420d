using System.Text;

namespace Touchstone.Data.Sources;

/// <summary>Character encodings by the names that shop.yaml uses.</summary>
internal static class TextEncodings
{
    /// <summary>The encoding, or null where the name is not known.</summary>
    public static Encoding? Find(string name)
    {
        switch (name.ToLowerInvariant())
        {
            case "utf-8" or "utf8": return Encoding.UTF8;
            case "latin1" or "latin-1" or "iso-8859-1": return Encoding.Latin1;
            case "utf-16" or "utf16" or "utf-16le": return Encoding.Unicode;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
