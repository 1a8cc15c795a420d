using Touchstone.Learning;
using Touchstone.Learning.Autoencoders;

namespace Touchstone.Tests.Learning.Autoencoders;

public sealed class EaseOptionsTests
{
    [Fact]
    public void Options_survive_the_round_trip_through_text()
    {
        var options = new EaseOptions { Lambda = 0.1, IsDoublePrecision = true, Neighbours = 7, Threshold = 1e-3, CountsRepeats = true, HistoryPower = 0.5, HistoryLength = 9 };
        Assert.Equal(options, EaseOptions.FromOptions(options.ToOptions()));
        Assert.Equal(new EaseOptions(), EaseOptions.FromOptions(new Dictionary<string, string>()));
    }

    [Fact]
    public void The_grid_starts_with_the_default_and_repeats_nothing()
    {
        Assert.Equal(new EaseOptions(), EaseOptions.FromOptions(EaseOptions.Grid[0]));
        Assert.Equal(EaseOptions.Grid.Count, EaseOptions.Grid.Select(EaseOptions.FromOptions).Distinct().Count());
    }

    [Theory]
    [InlineData("lambda", "0", "ease: lambda = 0; expected above 0.")]
    [InlineData("lambda", "NaN", "ease: lambda = NaN; expected above 0.")]
    [InlineData("lambda", "12,5", "ease: lambda \"12,5\" is not a number; write for example 250.")]
    [InlineData("neighbours", "-1", "ease: neighbours = -1; expected at least 0.")]
    [InlineData("neighbours", "1.5", "ease: neighbours \"1.5\" is not a whole number; write for example 200.")]
    [InlineData("threshold", "-0.5", "ease: threshold = -0.5; expected at least 0.")]
    [InlineData("precision", "half", "ease: precision \"half\" is unknown; write one of float32, float64.")]
    [InlineData("repeats", "yes", "ease: repeats \"yes\" is unknown; write one of once, count.")]
    [InlineData("history_power", "11", "ease: history_power = 11; expected between 0 and 10.")]
    [InlineData("lamda", "1", "ease has no option \"lamda\"; known: history_length, history_power, lambda, neighbours, precision, repeats, threshold.")]
    public void A_wrong_option_is_named_with_the_remedy(string name, string text, string message)
    {
        var fault = Assert.Throws<TrainingOptionException>(() => EaseOptions.FromOptions(new Dictionary<string, string> { [name] = text }));
        Assert.Equal(message, fault.Message);
    }
}
