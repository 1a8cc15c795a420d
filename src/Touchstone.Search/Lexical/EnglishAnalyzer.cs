using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;

namespace Touchstone.Search.Lexical;

/// <summary>
/// English: Unicode's word borders (but <c>:</c> and <c>_</c> part words too, as in <c>colour:red</c>), the possessive off, lower case, accents folded, plurals to singulars (the lightest stemming: names and model
/// numbers stay as they are). No word is stopped: idf already weighs the common ones, and names are made of them (The North Face, be quiet!).
/// </summary>
internal sealed class EnglishAnalyzer : Analyzer
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new StandardTokenizer(Analyzers.Version, reader);
        TokenStream stream = new EnglishPossessiveFilter(Analyzers.Version, words);
        stream = new LowerCaseFilter(Analyzers.Version, stream);
        stream = new ASCIIFoldingFilter(stream);
        return new TokenStreamComponents(words, new EnglishMinimalStemFilter(stream));
    }

    /// <summary>The text as the analyzer must be given it.</summary>
    internal static string Apart(string text) => text.Replace(':', ' ').Replace('_', ' ');
}
