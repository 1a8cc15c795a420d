namespace Touchstone.Numerics;

/// <summary>Logarithm of the gamma function and the parts of densities that stay accurate for large parameters (Loader 2000).</summary>
internal static class GammaFunctions
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    // Coefficients of Stirling's series, B(2n) / (2n (2n − 1)).
    private static readonly double[] s_stirling =
    [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400, 43867.0 / 244188, -174611.0 / 125400,
    ];

    /// <summary>ln Γ(x) for x &gt; 0; absolute error about 1e-15 × (1 + |value|).</summary>
    internal static double LogGamma(double x)
    {
        if (!(x > 0)) return double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        var product = 1.0;
        var shifted = x;
        while (shifted < 15)
        {
            product *= shifted;
            shifted++;
        }

        return ((shifted - 0.5) * Math.Log(shifted)) - shifted + HalfLogTwoPi + Series(shifted) - Math.Log(product);
    }

    /// <summary>ln Γ(x + 1) − Stirling's formula (x + ½) ln x − x + ½ ln 2π, for x &gt; 0.</summary>
    internal static double StirlingError(double x) => x >= 15
        ? Series(x)
        : LogGamma(x + 1) - ((x + 0.5) * Math.Log(x)) + x - HalfLogTwoPi;

    /// <summary>x ln(x / m) + m − x without cancellation where x is near m.</summary>
    internal static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m)) return x == 0 ? m : (x * Math.Log(x / m)) + m - x;
        var ratio = (x - m) / (x + m);
        var sum = (x - m) * ratio;
        var term = 2 * x * ratio;
        var square = ratio * ratio;
        for (var j = 1; j < 1000; j++)
        {
            term *= square;
            var next = sum + (term / ((2 * j) + 1));
            if (next == sum) break;
            sum = next;
        }

        return sum;
    }

    /// <summary>x^a e^(−x) / Γ(a + 1).</summary>
    internal static double PoissonTerm(double a, double x)
    {
        if (x == 0) return a == 0 ? 1 : 0;
        if (double.IsInfinity(x)) return 0;
        return a == 0 ? Math.Exp(-x) : Math.Exp(-StirlingError(a) - Deviance(a, x)) / Math.Sqrt(2 * Math.PI * a);
    }

    /// <summary>x^a y^b / B(a, b) with y = 1 − x given apart, so that neither loses digits near 0.</summary>
    internal static double BetaTerm(double a, double b, double x, double y)
    {
        if (x == 0 || y == 0) return 0;
        var n = a + b;
        var log = StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * x) - Deviance(b, n * y);
        return Math.Exp(log) * Math.Sqrt(a * (b / n) / (2 * Math.PI));
    }

    private static double Series(double x)
    {
        var inverse = 1 / (x * x);
        var sum = 0.0;
        for (var i = s_stirling.Length - 1; i >= 0; i--) sum = (sum * inverse) + s_stirling[i];
        return sum / x;
    }
}
