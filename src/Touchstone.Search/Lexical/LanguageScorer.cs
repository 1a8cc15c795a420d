using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Touchstone.Search.Lexical;

/// <summary>
/// Scores products by their words under one analyzer, term at a time over Lucene's postings, in double precision. Frequency and length of a
/// product are sums over its fields, each as often as it weighs.
/// </summary>
internal sealed class LanguageScorer
{
    private readonly string _analyzer;
    private readonly double _k1;
    private readonly double _b;
    private readonly int _productCount;
    private readonly List<(Terms Terms, double Weight)> _fields = [];
    private readonly double[] _lengths;
    private readonly double _averageLength;

    public LanguageScorer(AtomicReader segment, string analyzer, int productCount, LexicalOptions options)
    {
        (_analyzer, _k1, _b, _productCount) = (analyzer, options.K1, options.B, productCount);
        _lengths = new double[segment.MaxDoc];
        var total = 0.0;
        foreach (var field in LexicalFields.Texts)
        {
            var (name, weight) = (LexicalFields.Name(field, analyzer), options.Of(field));
            if (weight == 0 || segment.GetTerms(name) is not { } terms) continue;
            _fields.Add((terms, weight));
            total += weight * terms.SumTotalTermFreq;
            var norms = segment.GetNormValues(name);
            for (var product = 0; product < _lengths.Length; product++) _lengths[product] += weight * norms.Get(product);
        }

        _averageLength = total / productCount;
    }

    /// <summary>Raises each product's score to that of this language, where it is higher.</summary>
    /// <param name="query">The words as typed.</param>
    /// <param name="best">[product] scores.</param>
    public void AddBest(string query, Span<double> best)
    {
        var words = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in Analyzers.Words(_analyzer, query)) words[word] = words.GetValueOrDefault(word) + 1;
        if (words.Count == 0 || _fields.Count == 0) return;
        var (scores, frequencies) = (new double[_lengths.Length], new double[_lengths.Length]);
        List<int> with = [], touched = [];
        foreach (var (word, times) in words)
        {
            with.Clear();
            Count(new BytesRef(word), frequencies, with);
            var idf = Bm25.Idf(_productCount, with.Count);
            foreach (var product in with)
            {
                if (scores[product] == 0) touched.Add(product);
                scores[product] += times * idf * Bm25.Saturation(frequencies[product], _lengths[product], _averageLength, _k1, _b);
                frequencies[product] = 0;
            }
        }

        foreach (var product in touched) best[product] = Math.Max(best[product], scores[product]);
    }

    private void Count(BytesRef word, double[] frequencies, List<int> with)
    {
        foreach (var (terms, weight) in _fields)
        {
            var places = terms.GetEnumerator();
            if (!places.SeekExact(word)) continue;
            var postings = places.Docs(null, null, DocsFlags.FREQS);
            for (var product = postings.NextDoc(); product != DocIdSetIterator.NO_MORE_DOCS; product = postings.NextDoc())
            {
                if (frequencies[product] == 0) with.Add(product);
                frequencies[product] += weight * postings.Freq;
            }
        }
    }
}
