using Touchstone.Evaluation;

namespace Touchstone.Tests.Evaluation;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(118_000, "£118k")]
    [InlineData(-1234.5, "−£1.2k")]
    [InlineData(999.6, "£1.0k")]
    [InlineData(9_960, "£10k")]
    [InlineData(999_600, "£1.00m")]
    [InlineData(3_412_000, "£3.41m")]
    [InlineData(0.0534, "£0.0534")]
    [InlineData(12.3, "£12.30")]
    [InlineData(0, "£0")]
    [InlineData(double.NaN, "n/a")]
    public void Money_is_short_at_a_glance(double amount, string text) => Assert.Equal(text, FigureText.MoneyShort(amount, "GBP"));

    [Theory]
    [InlineData("USD", "+$1.5k")]
    [InlineData("EUR", "+€1.5k")]
    [InlineData("CNY", "+¥1.5k")]
    [InlineData("JPY", "+¥1.5k")]
    [InlineData("SEK", "+SEK 1.5k")]
    public void Currencies_have_their_symbol_or_their_code(string currency, string text) => Assert.Equal(text, FigureText.MoneyShort(1500, currency, true));

    [Theory]
    [InlineData(123_456, "+123,456")]
    [InlineData(1.05, "+1.0500")]
    [InlineData(-0.0001234, "−0.00012340")]
    [InlineData(0, "0")]
    [InlineData(double.PositiveInfinity, "n/a")]
    public void Five_digits_count(double value, string text) => Assert.Equal(text, FigureText.Significant(value, true));

    [Theory]
    [InlineData(0.0031, ".0031")]
    [InlineData(3.2e-8, "3.2e-8")]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(0.99999, "> .9999")]
    [InlineData(double.NaN, "n/a")]
    public void A_p_value_is_never_rounded_to_certainty(double p, string text) => Assert.Equal(text, FigureText.PValue(p));

    [Fact]
    public void Figures_read_as_in_the_look()
    {
        Assert.Equal("−£666,071.86", FigureText.MoneyFull(-666071.86, "GBP"));
        Assert.Equal(".0534", FigureText.Metric(0.05341));
        Assert.Equal("−.0010", FigureText.Metric(-0.001));
        Assert.Equal("1.0000", FigureText.Metric(1));
        Assert.Equal("+.0012", FigureText.Metric(0.0012, true));
        Assert.Equal("+41.2 %", FigureText.Percent(0.412, true));
        Assert.Equal("38 %", FigureText.Percent(0.38, decimals: 0));
        Assert.Equal("22,363", FigureText.Count(22363));
        Assert.Equal("0.4 ms", FigureText.Duration(0.4));
        Assert.Equal("26 s", FigureText.Duration(26_000));
        Assert.Equal("3 min 12 s", FigureText.Duration(192_000));
        Assert.Equal("4.1 GiB", FigureText.Memory(4200));
        Assert.Equal("310 MiB", FigureText.Memory(310));
        Assert.Equal(".998", FigureText.Probability(0.998));
        Assert.Equal("> .999", FigureText.Probability(1));
        Assert.Equal("n/a", FigureText.Duration(double.NaN));
    }
}
