using System.Text;
using CsCheck;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Tokens;

public sealed class WordPieceVocabularyTests
{
    private const string Specials = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes() => Gen.Select(AnyText.Strings.Array[1, 4], Gen.Bool).Sample((texts, isShop) =>
    {
        using var folder = new TemporaryFolder();
        var options = new VocabularyOptions { MinimumFrequency = 1, Normalisation = isShop ? TextNormalisation.Shop : TextNormalisation.Bert };
        var written = VocabularyTrainer.Train([.. texts, "a"], options, null, CancellationToken.None);
        written.Write(folder.In("one"));
        var read = WordPieceVocabulary.Read(folder.In("one"));
        read.Write(folder.In("two"));
        return read.Normalisation == written.Normalisation
            && Enumerable.Range(0, written.Count).All(id => read[id] == written[id] && read.IndexOf(written[id]) == id)
            && ((string[])["vocab.txt", "tokenizer_config.json"]).All(file => File.ReadAllBytes(folder.In("one", file)).SequenceEqual(File.ReadAllBytes(folder.In("two", file))));
    }, iter: 50);

    [Fact]
    public void The_folder_has_the_form_of_Hugging_Face()
    {
        using var folder = new TemporaryFolder();
        WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, "耳", "##s"], TextNormalisation.Shop).Write(folder.Path);
        Assert.Equal(Specials + "耳\n##s\n", File.ReadAllText(folder.In("vocab.txt")));
        Assert.Equal("""
            {
              "tokenizer_class": "BertTokenizer",
              "do_lower_case": true,
              "strip_accents": false,
              "tokenize_chinese_chars": true,
              "pad_token": "[PAD]",
              "unk_token": "[UNK]",
              "cls_token": "[CLS]",
              "sep_token": "[SEP]",
              "mask_token": "[MASK]",
              "touchstone_normaliser": "shop"
            }

            """, File.ReadAllText(folder.In("tokenizer_config.json")));
    }

    [Theory]
    [InlineData(null, TextNormalisation.Bert)]
    [InlineData("{}", TextNormalisation.Bert)]
    [InlineData("""{"do_lower_case": true, "strip_accents": null, "tokenizer_class": "BertTokenizer"}""", TextNormalisation.Bert)]
    [InlineData("""{"touchstone_normaliser": "bert"}""", TextNormalisation.Bert)]
    [InlineData("""{"touchstone_normaliser": "shop"}""", TextNormalisation.Shop)]
    public void An_imported_vocabulary_is_read_as_BERT_does(string? config, TextNormalisation expected) => Assert.Equal(expected, Read("\ufeff" + Specials.Replace("\n", "\r\n", StringComparison.Ordinal), config).Normalisation);

    [Theory]
    [InlineData("""{"touchstone_normaliser": "Shop"}""", "tokenizer_config.json: touchstone_normaliser is \"Shop\"; known are \"bert\" and \"shop\".")]
    [InlineData("""{"touchstone_normaliser": 1}""", "tokenizer_config.json: touchstone_normaliser is 1; known are \"bert\" and \"shop\".")]
    [InlineData("""{"do_lower_case": false}""", "tokenizer_config.json: do_lower_case is false; only uncased BERT vocabularies are read. Import the uncased model.")]
    [InlineData("[]", "tokenizer_config.json: expected a JSON object.")]
    public void A_configuration_that_is_not_ours_is_refused_with_the_reason(string config, string message) =>
        Assert.EndsWith(message, Assert.Throws<CheckpointException>(() => Read(Specials, config)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n", "vocab.txt:6 is the end, and [MASK] has not come; a BERT vocabulary has [PAD] [UNK] [CLS] [SEP] [MASK]. Check that this is a BERT's vocab.txt.")]
    [InlineData("", "vocab.txt:1 is the end, and [PAD] has not come; a BERT vocabulary has [PAD] [UNK] [CLS] [SEP] [MASK]. Check that this is a BERT's vocab.txt.")]
    [InlineData(Specials + "a\nb\na\n", "vocab.txt:8 token \"a\" stands at vocab.txt:6 already; a token has one id. Take the file from its source again.")]
    [InlineData(Specials + "a\n\nb\n", "vocab.txt:7 is an empty line; each line is one token and its number gives the id. Take the file from its source again, or remove the line where it is the last.")]
    public void A_vocabulary_that_cannot_be_read_is_refused_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<CheckpointException>(() => WordPieceVocabulary.Parse(Encoding.UTF8.GetBytes(text), "vocab.txt", TextNormalisation.Bert)).Message);

    [Fact]
    public void A_vocabulary_that_is_not_UTF_8_or_not_there_is_refused_with_the_reason()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Specials), (byte)'a', (byte)'\n', 0xE9, (byte)'\n'];
        Assert.Equal("vocab.txt:7 is not UTF-8. Save the file as UTF-8.", Assert.Throws<CheckpointException>(() => WordPieceVocabulary.Parse(bytes, "vocab.txt", TextNormalisation.Bert)).Message);
        using var folder = new TemporaryFolder();
        var message = Assert.Throws<CheckpointException>(() => WordPieceVocabulary.Read(folder.Path)).Message;
        Assert.StartsWith(folder.In("vocab.txt") + ": cannot be read: ", message, StringComparison.Ordinal);
        Assert.EndsWith(" A text model needs its vocabulary beside it.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_tokens_is_checked_as_a_file_is()
    {
        Assert.StartsWith("tokens[5] is an empty line", Message(""), StringComparison.Ordinal);
        Assert.StartsWith("tokens[5] holds a line break", Message("a\nb"), StringComparison.Ordinal);
        Assert.StartsWith("tokens[5] token \"[PAD]\" stands at tokens[0] already", Message("[PAD]"), StringComparison.Ordinal);

        static string Message(string token) => Assert.Throws<CheckpointException>(() => WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, token], TextNormalisation.Shop)).Message;
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_its_network_is_refused_with_the_reason()
    {
        var vocabulary = WordPieceVocabulary.Of([.. WordPieceVocabulary.SpecialTokens, "a"], TextNormalisation.Shop);
        vocabulary.RequireFits(6, "config.json");
        vocabulary.RequireFits(64, "config.json");
        Assert.Equal(
            "config.json: the network has embeddings for 5 tokens, but its vocabulary has 6. Put the vocab.txt beside it that it was trained with.",
            Assert.Throws<CheckpointException>(() => vocabulary.RequireFits(5, "config.json")).Message);
    }

    [Fact]
    public void The_vocabulary_of_MiniLM_is_that_of_BERT()
    {
        var vocabulary = MiniLmVocabulary.Tokenizer.Vocabulary;
        Assert.Equal((30522, 0, 100, 101, 102, 103), (vocabulary.Count, vocabulary.PaddingId, vocabulary.UnknownId, vocabulary.ClassificationId, vocabulary.SeparatorId, vocabulary.MaskId));
        Assert.Equal(-1, vocabulary.IndexOf("no such token"));
    }

    private static WordPieceVocabulary Read(string vocabulary, string? config)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("vocab.txt"), vocabulary);
        if (config is not null) File.WriteAllText(folder.In("tokenizer_config.json"), config);
        return WordPieceVocabulary.Read(folder.Path);
    }
}
