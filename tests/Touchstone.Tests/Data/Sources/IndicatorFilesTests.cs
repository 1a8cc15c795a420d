using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

public sealed class IndicatorFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("comparisons:\n  - {more: a, less: b, times: 10}\n", "w.yaml:2 comparisons.times is 10; expected 1 to 9.")]
    [InlineData("comparisons:\n  - {more: a, less: b}\n", "w.yaml:2 comparisons.times is missing; write how many times, 1 to 9.")]
    [InlineData("comparisons:\n  - a over b\n", "w.yaml:2 comparisons must be a list of maps; write each entry as `- {name: value}`.")]
    public void Comparisons_are_bounded(string text, string message) => Assert.Equal(message, Assert.Throws<ConfigurationException>(() => IndicatorFiles.ReadWeights(Write("w.yaml", text))).Message);

    [Fact]
    public void As_many_indicators_are_compared_as_a_consistency_is_known_for()
    {
        string Pairs(int count) => "comparisons:\n" + string.Concat(Enumerable.Range(1, count - 1).Select(i => $"  - {{more: i0, less: i{i}, times: 2}}\n"));
        Assert.Equal(14, IndicatorFiles.ReadWeights(Write("w.yaml", Pairs(15))).Comparisons.Count);
        Assert.Equal("w.yaml:16 comparisons are of more than 15 indicators; compare 15 at most, or write weights: {name: number}.", Assert.Throws<ConfigurationException>(() => IndicatorFiles.ReadWeights(Write("w.yaml", Pairs(17)))).Message);
    }

    [Fact]
    public void A_reference_names_an_indicator_once()
    {
        const string Entry = "{\"name\":\"a\",\"figure\":{\"value\":1,\"standard_error\":0.1}}";
        string Text(string entries) => "{\"format\":\"touchstone.indicators/1\",\"indicators\":[" + entries + "]}";
        Assert.Equal((1, 0.1), IndicatorFiles.ReadReference(Write("r.json", Text(Entry)))["a"]);
        Assert.Equal(_folder.In("r.json") + " has the indicator \"a\" twice; keep one of them, or write the file again.", Assert.Throws<SourceException>(() => IndicatorFiles.ReadReference(Write("r.json", Text(Entry + "," + Entry)))).Message);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.In(name), text);
        return _folder.In(name);
    }
}
