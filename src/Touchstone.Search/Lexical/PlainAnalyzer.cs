using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Util;

namespace Touchstone.Search.Lexical;

/// <summary>Words as they stand, in lower case: runs of letters, digits, marks and <c>_</c>, of at most 255 characters.</summary>
internal sealed class PlainAnalyzer : Analyzer
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new Words(reader));

    private sealed class Words(TextReader reader) : CharTokenizer(Analyzers.Version, reader)
    {
        protected override bool IsTokenChar(int c) => WordCharacters.IsOfWord(c);

        protected override int Normalize(int c) => WordCharacters.ToLower(c);
    }
}
