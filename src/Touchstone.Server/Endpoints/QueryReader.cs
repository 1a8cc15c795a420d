using System.Globalization;
using Microsoft.Extensions.Primitives;
using Touchstone.Data.Configuration;

namespace Touchstone.Server.Endpoints;

/// <summary>Reads the parameters of one request and remembers the first fault among them.</summary>
internal sealed class QueryReader
{
    private const int LongestText = 1000;

    private readonly IQueryCollection _query;

    /// <summary>Checks the names.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="known">Names that the address takes.</param>
    public QueryReader(IQueryCollection query, IReadOnlyCollection<string> known)
    {
        _query = query;
        foreach (var name in query.Keys)
        {
            if (known.Contains(name)) continue;
            Fail(NearestName.Of(name, known) is { } near
                ? $"There is no parameter \"{name}\"; did you mean \"{near}\"?"
                : $"There is no parameter \"{name}\"; known: {string.Join(", ", known)}.");
        }
    }

    /// <summary>The first fault; null where there is none.</summary>
    public string? Fault { get; private set; }

    /// <summary>A text, null where it is left out or empty.</summary>
    public string? Text(string name)
    {
        var values = _query[name];
        if (values.Count > 1) Fail($"{name} stands {values.Count} times; state it once.");
        var text = values.Count == 0 ? null : values[0];
        if (text?.Length > LongestText) Fail($"{name} has {text.Length} characters; at most {LongestText} are read.");
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A text that may be repeated.</summary>
    /// <param name="name">Name.</param>
    /// <param name="most">Most values.</param>
    public IReadOnlyList<string> Texts(string name, int most)
    {
        var values = _query[name];
        if (values.Count > most) Fail($"{name} stands {values.Count} times; at most {most} are read.");
        if (StringValues.IsNullOrEmpty(values)) return [];
        var texts = values.OfType<string>().ToArray();
        if (texts.FirstOrDefault(text => text.Length > LongestText) is { } lengthy) Fail($"{name} has {lengthy.Length} characters; at most {LongestText} are read.");
        return texts;
    }

    /// <summary>Pairs <c>field:value</c>, each field once.</summary>
    /// <param name="name">Name.</param>
    /// <param name="most">Most pairs.</param>
    public SortedDictionary<string, string> Pairs(string name, int most)
    {
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in Texts(name, most))
        {
            var at = text.IndexOf(':', StringComparison.Ordinal);
            if (at <= 0 || at == text.Length - 1) Fail($"{name}={text} is no filter; write field:value, e.g. {name}=brand:Lumeno.");
            else if (!pairs.TryAdd(text[..at], text[(at + 1)..])) Fail($"{name} names {text[..at]} twice; state each field once.");
        }

        return pairs;
    }

    /// <summary>A whole number.</summary>
    public int Whole(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        Fail($"{name}={text} is not a whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>A word: letters, digits, - _ and ., at most 64.</summary>
    public string Word(string name, string otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (text.Length <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) return text;
        Fail($"{name}={text} cannot be used; write up to 64 letters, digits, - _ and ., e.g. {name}={otherwise}.");
        return otherwise;
    }

    /// <summary>A UUIDv7, null where it is left out.</summary>
    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Guid.TryParseExact(text, "D", out var id) && id is { Version: 7, Variant: >= 8 and <= 11 }) return id;
        Fail($"{name}={text} is not a UUID of version 7 (8-4-4-4-12 hexadecimal digits, the third group beginning with 7); leave {name} out and the server makes one.");
        return null;
    }

    private void Fail(string fault) => Fault ??= fault;
}
