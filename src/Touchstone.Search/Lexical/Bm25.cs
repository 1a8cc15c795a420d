namespace Touchstone.Search.Lexical;

/// <summary>BM25 in Lucene's form (Robertson and Zaragoza 2009, without the factor k1 + 1, which changes no order).</summary>
public static class Bm25
{
    /// <summary>Weight of a word: ln(1 + (N − df + 0.5) / (df + 0.5)), above 0 for every word.</summary>
    /// <param name="count">N: documents, all of them.</param>
    /// <param name="with">df: documents with the word.</param>
    public static double Idf(double count, double with) => Math.Log(1 + (count - with + 0.5) / (with + 0.5));

    /// <summary>What a word's frequency counts, in [0, 1).</summary>
    /// <param name="frequency">How often the document has the word.</param>
    /// <param name="length">Words of the document.</param>
    /// <param name="averageLength">Mean over all documents.</param>
    /// <param name="k1">How slowly repetition saturates, at least 0.</param>
    /// <param name="b">How much length counts, in [0, 1].</param>
    public static double Saturation(double frequency, double length, double averageLength, double k1, double b) =>
        frequency / (frequency + k1 * (1 - b + b * length / averageLength));
}
