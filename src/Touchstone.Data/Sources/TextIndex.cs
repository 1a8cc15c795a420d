namespace Touchstone.Data.Sources;

/// <summary>Texts numbered as they come, looked up without making strings.</summary>
internal sealed class TextIndex
{
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>[number] the texts.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The text's number; a new one where it is new. Blanks around it are no part of it.</summary>
    public int Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (_indexOf.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known)) return known;
        _texts.Add(text.ToString());
        _indexOf.Add(_texts[^1], _texts.Count - 1);
        return _texts.Count - 1;
    }
}
