namespace Touchstone.Numerics;

/// <summary>Regularised incomplete beta and gamma functions, both tails without cancellation (continued fractions by Lentz's method).</summary>
internal static class IncompleteFunctions
{
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, b) and its complement. Relative error of the smaller tail about 1e-14.</summary>
    /// <param name="a">First shape, above 0.</param>
    /// <param name="b">Second shape, above 0.</param>
    /// <param name="x">In [0, 1].</param>
    /// <param name="y">1 − x, given apart.</param>
    internal static (double Lower, double Upper) Beta(double a, double b, double x, double y)
    {
        if (double.IsNaN(a + b + x + y) || a <= 0 || b <= 0 || x < 0 || y < 0) return (double.NaN, double.NaN);
        if (x == 0) return (0, 1);
        if (y == 0) return (1, 0);
        var front = GammaFunctions.BetaTerm(a, b, x, y);
        if (x <= (a + 1) / (a + b + 2))
        {
            var lower = Math.Min(1, front * BetaFraction(a, b, x) / a);
            return (lower, 1 - lower);
        }

        var upper = Math.Min(1, front * BetaFraction(b, a, y) / b);
        return (1 - upper, upper);
    }

    /// <summary>P(a, x) and Q(a, x). Relative error of the smaller tail about 1e-14.</summary>
    /// <param name="a">Shape, above 0.</param>
    /// <param name="x">From 0.</param>
    internal static (double Lower, double Upper) Gamma(double a, double x)
    {
        if (double.IsNaN(a + x) || a <= 0 || x < 0) return (double.NaN, double.NaN);
        if (x == 0) return (0, 1);
        if (double.IsPositiveInfinity(x)) return (1, 0);
        var front = GammaFunctions.PoissonTerm(a, x);
        if (x < a + 1)
        {
            var (term, sum) = (1.0, 1.0);
            for (var n = 1; n < 10_000_000; n++)
            {
                term *= x / (a + n);
                sum += term;
                if (term < sum * 1e-17) break;
            }

            var lower = Math.Min(1, front * sum);
            return (lower, 1 - lower);
        }

        var upper = Math.Min(1, front * a * GammaFraction(a, x));
        return (1 - upper, upper);
    }

    private static double BetaFraction(double a, double b, double x)
    {
        var limit = 10_000 + (int)Math.Min(20 * Math.Sqrt(Math.Max(a, b)), 1e8);
        var c = 1.0;
        var d = NotZero(1 - ((a + b) * x / (a + 1)));
        d = 1 / d;
        var value = d;
        for (var m = 1; m <= limit; m++)
        {
            var even = m * (b - m) * x / ((a + (2.0 * m) - 1) * (a + (2.0 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + (2.0 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            var step = d * c;
            value *= step;
            if (Math.Abs(step - 1) < 2e-16) return value;
        }

        return value;
    }

    private static double GammaFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / NotZero(b);
        var value = d;
        for (var i = 1; i < 10_000_000; i++)
        {
            var top = -i * (i - a);
            b += 2;
            d = 1 / NotZero((top * d) + b);
            c = NotZero(b + (top / c));
            var step = d * c;
            value *= step;
            if (Math.Abs(step - 1) < 2e-16) return value;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
