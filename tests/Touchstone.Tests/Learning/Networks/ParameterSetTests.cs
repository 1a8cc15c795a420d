using Touchstone.Learning.Networks;

namespace Touchstone.Tests.Learning.Networks;

[Collection(LibTorchTestsInTurn.Name)]
public sealed class ParameterSetTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Values_of_another_number_than_the_shape_has_are_refused_and_leave_nothing_behind(int count)
    {
        LibTorchTestsInTurn.Require();
        using var weights = new ParameterSet();
        Assert.StartsWith($"\"w\" is [2, 3], 6 numbers, and got {count}.", Assert.Throws<ArgumentException>(() => weights.Add("w", new float[count], 2, 3)).Message, StringComparison.Ordinal);
        Assert.False(weights.Contains("w"));
    }
}
