using System.Text;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

/// <summary>The vocabulary of all-MiniLM-L6-v2 (that of bert-base-uncased), which its package carries as a resource.</summary>
internal static class MiniLmVocabulary
{
    private static readonly Lazy<byte[]> Resource = new(() =>
    {
        using var stream = MiniLmCarrier.Open("vocab.txt");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    });

    private static readonly Lazy<WordPieceTokenizer> Ours = new(() => new WordPieceTokenizer(WordPieceVocabulary.Parse(Resource.Value, "vocab.txt", TextNormalisation.Bert)));

    internal static WordPieceTokenizer Tokenizer => Ours.Value;

    internal static string Text => Encoding.UTF8.GetString(Resource.Value);
}
