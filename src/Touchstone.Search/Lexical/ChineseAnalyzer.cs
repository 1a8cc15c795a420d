using System.Text;
using JiebaNet.Segmenter;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Touchstone.Search.Lexical;

/// <summary>
/// Chinese: runs of Chinese characters are cut by jieba for search (a long word and the words within it), other words are lower-cased whole, so
/// that <c>小米Redmi 13无线耳机</c> is found by any of its parts. Words that the dictionary does not know become single characters: a statistical guess of
/// them depends on what stands beside them, and query and title would be cut differently.
/// </summary>
internal sealed class ChineseAnalyzer : Analyzer
{
    private const int LongestWord = 255;
    private static readonly Lazy<JiebaSegmenter> Segmenter = new(() => new JiebaSegmenter());

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new Words(reader));

    /// <summary>The words of a text, in order.</summary>
    internal static IEnumerable<string> Cut(string text)
    {
        var folded = string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = char.ToLowerInvariant(WordCharacters.ToHalfWidth(source[i]));
        });
        for (var start = 0; start < folded.Length;)
        {
            var end = start;
            var isHan = WordCharacters.IsHan(CodePoint(folded, start));
            var isWord = WordCharacters.IsOfWord(CodePoint(folded, start));
            while (end < folded.Length && CodePoint(folded, end) is var c && WordCharacters.IsHan(c) == isHan && WordCharacters.IsOfWord(c) == isWord && end - start < LongestWord)
                end += c > char.MaxValue ? 2 : 1;
            var run = folded[start..end];
            start = end;
            if (!isWord) continue;
            if (!isHan) yield return run;
            else
                foreach (var word in Segmenter.Value.CutForSearch(run, hmm: false)) yield return word;
        }
    }

    private static int CodePoint(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];

    private sealed class Words : Tokenizer
    {
        private readonly ICharTermAttribute _term;
        private IEnumerator<string>? _words;

        public Words(TextReader reader) : base(reader) => _term = AddAttribute<ICharTermAttribute>();

        public override void Reset()
        {
            base.Reset();
            // Lucene's readers tell the end by -1 or 0, and ReadToEnd of them gives null.
            var (text, buffer) = (new StringBuilder(), new char[1024]);
            for (var count = m_input.Read(buffer, 0, buffer.Length); count > 0; count = m_input.Read(buffer, 0, buffer.Length)) text.Append(buffer, 0, count);
            _words = Cut(text.ToString()).GetEnumerator();
        }

        public override bool IncrementToken()
        {
            ClearAttributes();
            if (_words is null || !_words.MoveNext()) return false;
            _term.SetEmpty().Append(_words.Current);
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _words?.Dispose();
            _words = null;
            base.Dispose(disposing);
        }
    }
}
