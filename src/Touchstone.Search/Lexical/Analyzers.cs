using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Touchstone.Search.Lexical;

/// <summary>The analyzers by name, which one a text takes, and the words that it gives.</summary>
internal static class Analyzers
{
    /// <summary>Lower-cased words, for every language without an own analyzer.</summary>
    public const string Plain = "plain";

    /// <summary>English.</summary>
    public const string English = "english";

    /// <summary>Chinese, mixed with other words or not.</summary>
    public const string Chinese = "chinese";

    /// <summary>What Lucene's parts are asked to be compatible with.</summary>
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private static readonly SortedDictionary<string, Analyzer> s_analyzers = new(StringComparer.Ordinal)
    {
        [Plain] = new PlainAnalyzer(),
        [English] = new EnglishAnalyzer(),
        [Chinese] = new ChineseAnalyzer(),
    };

    /// <summary>All names, ascending.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_analyzers.Keys];

    /// <summary>The analyzer of a name.</summary>
    public static Analyzer Of(string name) => s_analyzers[name];

    /// <summary>Chinese where the locale or a character says so; English where the locale says so or nothing; else plain.</summary>
    /// <param name="locale">BCP 47, or empty.</param>
    /// <param name="text">Title of the product in that locale.</param>
    public static string NameFor(string locale, string text)
    {
        var language = locale.Split('-', '_')[0].ToLowerInvariant();
        if (language == "zh" || text.EnumerateRunes().Any(rune => WordCharacters.IsHan(rune.Value))) return Chinese;
        return language is "en" or "" ? English : Plain;
    }

    /// <summary>A text as its analyzer must be given it.</summary>
    public static string Prepared(string name, string text) => name == English ? EnglishAnalyzer.Apart(text) : text;

    /// <summary>The words of a text, in order, repeated ones as often as they stand there.</summary>
    public static List<string> Words(string name, string text)
    {
        var words = new List<string>();
        using var stream = Of(name).GetTokenStream("words", Prepared(name, text));
        var term = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken()) words.Add(term.ToString());
        stream.End();
        return words;
    }
}
