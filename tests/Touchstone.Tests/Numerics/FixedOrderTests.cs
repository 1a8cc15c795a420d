using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Tests.Numerics;

public sealed class FixedOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(129)]
    [InlineData(4096)]
    public void The_sums_are_right_and_the_same_bits_wherever_the_numbers_lie(int length)
    {
        var random = new Seed(3).NewRandom();
        var (x, y) = (new float[length], new float[length]);
        for (var i = 0; i < length; i++) (x[i], y[i]) = ((float)random.NextNormal(), (float)random.NextNormal());
        double dot = 0, squares = 0;
        for (var i = 0; i < length; i++) (dot, squares) = (dot + ((double)x[i] * y[i]), squares + ((double)x[i] * x[i]));
        Assert.Equal(dot, FixedOrder.Dot(x, y), 1e-3);
        Assert.Equal(squares, FixedOrder.SumOfSquares(x), 1e-9);
        for (var shift = 1; shift < 16; shift++)
        {
            var (left, right) = (new float[length + 16], new float[length + 16]);
            x.CopyTo(left, shift);
            y.CopyTo(right, 16 - shift);
            Assert.Equal(FixedOrder.Dot(x, y), FixedOrder.Dot(left.AsSpan(shift, length), right.AsSpan(16 - shift, length)));
            Assert.Equal(FixedOrder.SumOfSquares(x), FixedOrder.SumOfSquares(left.AsSpan(shift, length)));
        }
    }

    [Fact]
    public void Different_lengths_are_refused() =>
        Assert.Equal("y has 2 numbers; x has 1. (Parameter 'y')", Assert.Throws<ArgumentException>(() => FixedOrder.Dot([1], [1, 2])).Message);
}
