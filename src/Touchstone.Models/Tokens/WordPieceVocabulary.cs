using Touchstone.Models.Checkpoints;

namespace Touchstone.Models.Tokens;

/// <summary>The tokens of a WordPiece vocabulary by id, and the normalisation that its words were made with. Read-only, so any thread may use it.</summary>
public sealed class WordPieceVocabulary
{
    /// <summary>Stands before a piece that goes on with a word.</summary>
    internal const string Continuation = "##";

    private readonly string[] tokens;
    private readonly Dictionary<string, int> ids;

    private WordPieceVocabulary(string[] tokens, TextNormalisation normalisation, Func<int, string> where)
    {
        this.tokens = tokens;
        Normalisation = normalisation;
        ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Length; id++)
        {
            var token = tokens[id];
            if (token.Length == 0)
                throw new CheckpointException($"{where(id)} is an empty line; each line is one token and its number gives the id. Take the file from its source again, or remove the line where it is the last.");
            if (token.AsSpan().ContainsAny('\n', '\r'))
                throw new CheckpointException($"{where(id)} holds a line break; a token stands on one line. Remove the break.");
            if (!ids.TryAdd(token, id))
                throw new CheckpointException($"{where(id)} token \"{token}\" stands at {where(ids[token])} already; a token has one id. Take the file from its source again.");
        }

        PaddingId = Special("[PAD]");
        UnknownId = Special("[UNK]");
        ClassificationId = Special("[CLS]");
        SeparatorId = Special("[SEP]");
        MaskId = Special("[MASK]");

        int Special(string name) => ids.TryGetValue(name, out var id)
            ? id
            : throw new CheckpointException($"{where(tokens.Length)} is the end, and {name} has not come; a BERT vocabulary has {string.Join(' ', SpecialTokens)}. Check that this is a BERT's vocab.txt.");
    }

    /// <summary>The special tokens in the order of their ids in a vocabulary trained here.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>How many tokens.</summary>
    public int Count => tokens.Length;

    /// <summary>Id of <c>[PAD]</c>.</summary>
    public int PaddingId { get; }

    /// <summary>Id of <c>[UNK]</c>.</summary>
    public int UnknownId { get; }

    /// <summary>Id of <c>[CLS]</c>.</summary>
    public int ClassificationId { get; }

    /// <summary>Id of <c>[SEP]</c>.</summary>
    public int SeparatorId { get; }

    /// <summary>Id of <c>[MASK]</c>.</summary>
    public int MaskId { get; }

    /// <summary>How texts become words for this vocabulary.</summary>
    public TextNormalisation Normalisation { get; }

    /// <summary>Token of an id; a piece that goes on with a word begins with <c>##</c>.</summary>
    /// <param name="id">In [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">No such id.</exception>
    public string this[int id] => (uint)id < (uint)tokens.Length
        ? tokens[id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has ids 0 to {tokens.Length - 1}.");

    /// <summary>Id of a token; -1 where there is none.</summary>
    public int IndexOf(string token) => ids.TryGetValue(token, out var id) ? id : -1;

    /// <summary>Whether an id is one of the five special tokens.</summary>
    public bool IsSpecial(int id) => id == PaddingId || id == UnknownId || id == ClassificationId || id == SeparatorId || id == MaskId;

    /// <summary>A vocabulary of given tokens; the place in the list is the id.</summary>
    /// <param name="tokens">[id] tokens, the special ones among them.</param>
    /// <param name="normalisation">How texts become words.</param>
    /// <exception cref="CheckpointException">An empty or repeated token, or a special one missing (names the place).</exception>
    public static WordPieceVocabulary Of(IReadOnlyList<string> tokens, TextNormalisation normalisation)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new WordPieceVocabulary([.. tokens], normalisation, id => $"tokens[{id}]");
    }

    /// <summary>A vocabulary in the form of <c>vocab.txt</c>: UTF-8, one token a line.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="where">What to call them in an error, e.g. their path.</param>
    /// <param name="normalisation">How texts become words.</param>
    /// <exception cref="CheckpointException">Not UTF-8, an empty or repeated token, or a special one missing (<c>where:line</c>).</exception>
    public static WordPieceVocabulary Parse(ReadOnlySpan<byte> utf8, string where, TextNormalisation normalisation) =>
        new(VocabularyFolder.Lines(utf8, where), normalisation, id => $"{where}:{id + 1}");

    /// <summary>Reads <c>vocab.txt</c> of a model folder; <c>tokenizer_config.json</c> beside it says the normalisation (without one: BERT's).</summary>
    /// <exception cref="CheckpointException">A file is missing or malformed (<c>file:line</c>), or states a tokenizer that this one is not.</exception>
    public static WordPieceVocabulary Read(string folder)
    {
        var normalisation = VocabularyFolder.ReadNormalisation(folder);
        return Parse(VocabularyFolder.ReadTokens(folder), Path.Combine(folder, VocabularyFolder.TokensFile), normalisation);
    }

    /// <summary>Writes <c>vocab.txt</c> and <c>tokenizer_config.json</c>; the folder is made where it is missing. The same vocabulary gives the same bytes.</summary>
    public void Write(string folder) => VocabularyFolder.Write(folder, tokens, Normalisation);

    /// <summary>Checks that every id has a row in a network's embeddings, before one is asked for that is not there.</summary>
    /// <param name="rows">Rows of the embeddings (<c>vocab_size</c>); more than there are tokens is allowed, as networks pad them.</param>
    /// <param name="where">What states the rows, e.g. the path of <c>config.json</c>.</param>
    /// <exception cref="CheckpointException">There are more tokens than rows.</exception>
    public void RequireFits(int rows, string where)
    {
        if (Count > rows)
            throw new CheckpointException($"{where}: the network has embeddings for {rows} tokens, but its vocabulary has {Count}. Put the vocab.txt beside it that it was trained with.");
    }
}
