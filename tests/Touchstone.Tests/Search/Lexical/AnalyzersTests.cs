using Touchstone.Search.Lexical;

namespace Touchstone.Tests.Search.Lexical;

public sealed class AnalyzersTests
{
    [Theory]
    [InlineData("Bose's Headphones, the QC-35 II", "bose headphone the qc 35 ii")]
    [InlineData("Café crème BATTERIES", "cafe creme battery")]
    [InlineData("4K 3,5mm don't", "4k 3,5mm don't")]
    [InlineData("★ ☂ -- ", "")]
    public void English_folds_and_keeps_common_words(string text, string words) => Assert.Equal(words, string.Join(' ', Analyzers.Words("english", text)));

    [Theory]
    [InlineData("无线降噪蓝牙耳机", "无线", "蓝牙", "耳机")]
    [InlineData("小米Redmi 13无线耳机", "redmi", "13", "无线", "耳机")]
    [InlineData("ＵＳＢ　数据线", "usb", "数据")]
    public void Chinese_is_cut_into_words_and_other_words_stay_whole(string text, params string[] among) =>
        Assert.All(among, word => Assert.Contains(word, Analyzers.Words("chinese", text)));

    [Fact]
    public void A_long_Chinese_word_is_found_by_the_words_within_it()
    {
        var words = Analyzers.Words("chinese", "中华人民共和国");

        Assert.Contains("中华", words);
        Assert.Contains("共和国", words);
    }

    [Fact]
    public void Unknown_Chinese_words_are_cut_alike_in_title_and_query()
    {
        var title = Analyzers.Words("chinese", "龘靐齉蓝牙耳机");

        Assert.All(Analyzers.Words("chinese", "龘靐齉"), word => Assert.Contains(word, title));
    }

    [Theory]
    [InlineData("Wi-Fi 6E, 2_4 GHz!", "wi fi 6e 2_4 ghz")]
    [InlineData("ÀÉ straße", "àé straße")]
    public void Plain_is_lower_case_and_nothing_else(string text, string words) => Assert.Equal(words, string.Join(' ', Analyzers.Words("plain", text)));

    [Theory]
    [InlineData("17\" display<br />black", "17\" display black")]
    [InlineData("size < 10 &amp; > 5", "size < 10 & > 5")]
    [InlineData("<p class='a'>Soft</p>", " Soft ")]
    public void Markup_is_taken_off(string text, string seen) => Assert.Equal(seen, MarkupText.Without(text));

    [Theory]
    [InlineData("en-GB", "Shirt", "english")]
    [InlineData("", "Shirt", "english")]
    [InlineData("zh-CN", "Shirt", "chinese")]
    [InlineData("en", "无线耳机", "chinese")]
    [InlineData("de-DE", "Hemd", "plain")]
    public void The_analyzer_follows_the_locale_or_the_script(string locale, string title, string analyzer) => Assert.Equal(analyzer, Analyzers.NameFor(locale, title));
}
