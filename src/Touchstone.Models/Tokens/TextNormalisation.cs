namespace Touchstone.Models.Tokens;

/// <summary>How a text becomes words before they are cut into tokens. It belongs to the vocabulary: its folder says which.</summary>
public enum TextNormalisation
{
    /// <summary>
    /// BERT uncased, as Hugging Face's <c>BertNormalizer</c>: control characters go, accents are stripped (NFD without marks), lower case,
    /// words end at white space and punctuation, each Chinese character is a word. For imported vocabularies.
    /// </summary>
    Bert,

    /// <summary>
    /// For vocabularies trained here: NFKC first (full width, ligatures, ½ as 1/2), lower case, accents kept; every punctuation mark, symbol
    /// (™ ® € emoji) and Chinese character is a word, and what cannot be read is <c>[UNK]</c>, never nothing.
    /// </summary>
    Shop,
}
