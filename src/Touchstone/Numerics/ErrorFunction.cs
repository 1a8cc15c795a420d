namespace Touchstone.Numerics;

/// <summary>Complementary error function, relative error below 1e-15 wherever it is not subnormal (rational approximations of Cody 1969).</summary>
internal static class ErrorFunction
{
    private static readonly double[] s_smallTop = [1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3];
    private static readonly double[] s_smallBottom = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];

    private static readonly double[] s_middleTop =
    [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1, 2.98635138197400131e2,
        8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
    ];

    private static readonly double[] s_middleBottom =
    [
        1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ];

    private static readonly double[] s_largeTop = [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4];
    private static readonly double[] s_largeBottom = [1, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3];

    /// <summary>1 − erf(x); 2 at −∞, 0 at +∞, NaN at NaN.</summary>
    internal static double Complement(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        var size = Math.Abs(x);
        if (size <= 0.46875) return 1 - (x * Ratio(s_smallTop, s_smallBottom, x * x));
        var tail = size > 27.3 ? 0 : ExpOfMinusSquare(size) * (size <= 4 ? Ratio(s_middleTop, s_middleBottom, size) : Far(size));
        return x > 0 ? tail : 2 - tail;
    }

    private static double Far(double x)
    {
        var inverse = 1 / (x * x);
        return ((1 / Math.Sqrt(Math.PI)) - (inverse * Ratio(s_largeTop, s_largeBottom, inverse))) / x;
    }

    /// <summary>exp(−x²), the square split so that its rounding does not enter the exponent.</summary>
    private static double ExpOfMinusSquare(double x)
    {
        var rough = Math.Truncate(x * 16) / 16;
        return Math.Exp(-rough * rough) * Math.Exp(-(x - rough) * (x + rough));
    }

    private static double Ratio(ReadOnlySpan<double> top, ReadOnlySpan<double> bottom, double x)
    {
        double above = 0, below = 0;
        foreach (var coefficient in top) above = (above * x) + coefficient;
        foreach (var coefficient in bottom) below = (below * x) + coefficient;
        return above / below;
    }
}
