namespace Touchstone.Numerics;

/// <summary>
/// Distribution functions, upper tails and quantiles of the normal, Student, chi-square, beta and gamma distributions. Tails are computed
/// as tails, never as 1 − the other side: relative error of the smaller one about 1e-14. Outside the domain the answer is NaN.
/// </summary>
public static class Distributions
{
    private const double SquareRootOfTwo = 1.41421356237309504880;

    /// <summary>Density of the standard normal.</summary>
    public static double NormalDensity(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>P(Z ≤ x), Z standard normal.</summary>
    public static double NormalCdf(double x) => 0.5 * ErrorFunction.Complement(-x / SquareRootOfTwo);

    /// <summary>P(Z &gt; x), Z standard normal.</summary>
    public static double NormalUpper(double x) => 0.5 * ErrorFunction.Complement(x / SquareRootOfTwo);

    /// <summary>E max(Z + z, 0), Z standard normal; without cancellation far below 0 (there by the tail's continued fraction).</summary>
    public static double NormalExcess(double z)
    {
        if (!(z <= -5)) return (z * NormalCdf(z)) + NormalDensity(z);
        // φ(x) − x Q(x) = φ(x) (1 − x M(x)) with Mills' ratio M; 1 − xM follows from the fraction of 1/M = x + 1/(x + 2/(x + …)).
        var x = -z;
        var tail = x;
        for (var k = 200; k >= 2; k--) tail = x + (k / tail);
        return NormalDensity(x) / ((x * tail) + 1);
    }

    /// <summary>The x with P(Z ≤ x) = p (AS 241, Wichura 1988, then one step of Halley's method).</summary>
    /// <param name="p">In [0, 1]; 0 gives −∞, 1 gives +∞.</param>
    public static double NormalQuantile(double p)
    {
        if (!(p is >= 0 and <= 1)) return double.NaN;
        if (p == 0) return double.NegativeInfinity;
        if (p == 1) return double.PositiveInfinity;
        var x = NormalStart.Of(p);
        var density = NormalDensity(x);
        if (density == 0) return x;
        var error = (p < 0.5 ? NormalCdf(x) - p : 1 - p - NormalUpper(x)) / density;
        return x - (error / (1 + (0.5 * x * error)));
    }

    /// <summary>P(T ≤ t), T Student's t.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degreesOfFreedom">Above 0, also fractional.</param>
    public static double StudentCdf(double t, double degreesOfFreedom) => StudentUpper(-t, degreesOfFreedom);

    /// <summary>P(T &gt; t), T Student's t.</summary>
    public static double StudentUpper(double t, double degreesOfFreedom)
    {
        var tails = StudentTwoSided(t, degreesOfFreedom);
        return t >= 0 ? 0.5 * tails : 1 - (0.5 * tails);
    }

    /// <summary>P(|T| &gt; |t|), T Student's t: the two-sided p-value.</summary>
    public static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        if (double.IsPositiveInfinity(degreesOfFreedom)) return 2 * NormalUpper(Math.Abs(t));
        if (double.IsInfinity(t)) return degreesOfFreedom > 0 ? 0 : double.NaN;
        var square = t * t;
        if (double.IsInfinity(square)) return degreesOfFreedom > 0 ? 0 : double.NaN;
        var (x, y) = (degreesOfFreedom / (degreesOfFreedom + square), square / (degreesOfFreedom + square));
        return IncompleteFunctions.Beta(0.5 * degreesOfFreedom, 0.5, x, y).Lower;
    }

    /// <summary>The t with P(T ≤ t) = p.</summary>
    /// <param name="p">In [0, 1].</param>
    /// <param name="degreesOfFreedom">Above 0, also fractional.</param>
    public static double StudentQuantile(double p, double degreesOfFreedom)
    {
        if (!(p is >= 0 and <= 1) || !(degreesOfFreedom > 0)) return double.NaN;
        if (double.IsPositiveInfinity(degreesOfFreedom)) return NormalQuantile(p);
        if (p == 0.5) return 0;
        var tail = Math.Min(p, 1 - p);
        if (tail == 0) return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        // Logarithms keep the function nearly straight far out; t is at least the normal quantile.
        double Error(double t) => Math.Log(StudentUpper(t, degreesOfFreedom) / tail);
        var low = -NormalQuantile(tail) * (1 - 1e-9);
        var high = (low * 1.5) + 1e-9;
        while (Error(high) > 0) (low, high) = (high, high * 2);
        var root = RootFinding.Brent(Error, low, high);
        return p < 0.5 ? -root : root;
    }

    /// <summary>P(X &gt; x), X chi-square.</summary>
    public static double ChiSquareUpper(double x, double degreesOfFreedom) => GammaUpper(0.5 * x, 0.5 * degreesOfFreedom);

    /// <summary>The x with P(X ≤ x) = p, X chi-square.</summary>
    public static double ChiSquareQuantile(double p, double degreesOfFreedom) => 2 * GammaQuantile(p, 0.5 * degreesOfFreedom);

    /// <summary>P(X ≤ x), X gamma with scale 1.</summary>
    /// <param name="x">Any number; below 0 the answer is 0.</param>
    /// <param name="shape">Above 0.</param>
    public static double GammaCdf(double x, double shape) => IncompleteFunctions.Gamma(shape, Math.Max(x, 0)).Lower;

    /// <summary>P(X &gt; x), X gamma with scale 1.</summary>
    public static double GammaUpper(double x, double shape) => IncompleteFunctions.Gamma(shape, Math.Max(x, 0)).Upper;

    /// <summary>The x with P(X ≤ x) = p, X gamma with scale 1.</summary>
    public static double GammaQuantile(double p, double shape)
    {
        if (!(p is >= 0 and <= 1) || !(shape > 0)) return double.NaN;
        if (p == 0) return 0;
        if (p == 1) return double.PositiveInfinity;
        double Error(double logarithm)
        {
            var (lower, upper) = IncompleteFunctions.Gamma(shape, Math.Exp(logarithm));
            return p <= 0.5 ? Math.Log(lower / p) : -Math.Log(upper / (1 - p));
        }

        var low = Math.Log(shape);
        var high = low + 0.5;
        while (low > -700 && Error(low) > 0) low -= 1 + (0.1 * Math.Abs(low));
        while (Error(high) < 0) high += 0.5;
        return Math.Exp(RootFinding.Brent(Error, Math.Max(low, -745), high));
    }

    /// <summary>P(X ≤ x), X beta.</summary>
    /// <param name="x">Any number; below 0 the answer is 0, above 1 it is 1.</param>
    /// <param name="a">First shape, above 0.</param>
    /// <param name="b">Second shape, above 0.</param>
    public static double BetaCdf(double x, double a, double b) => double.IsNaN(x) ? x : IncompleteFunctions.Beta(a, b, Math.Clamp(x, 0, 1), 1 - Math.Clamp(x, 0, 1)).Lower;

    /// <summary>P(X &gt; x), X beta.</summary>
    public static double BetaUpper(double x, double a, double b) => double.IsNaN(x) ? x : IncompleteFunctions.Beta(a, b, Math.Clamp(x, 0, 1), 1 - Math.Clamp(x, 0, 1)).Upper;

    /// <summary>Density of the beta distribution.</summary>
    public static double BetaDensity(double x, double a, double b)
    {
        if (!(x is >= 0 and <= 1)) return x is double.NaN ? x : 0;
        if (x is > 0 and < 1) return GammaFunctions.BetaTerm(a, b, x, 1 - x) / (x * (1 - x));
        var shape = x == 0 ? a : b;
        return shape > 1 ? 0 : shape == 1 ? x == 0 ? b : a : double.PositiveInfinity;
    }

    /// <summary>The x with P(X ≤ x) = p, X beta.</summary>
    public static double BetaQuantile(double p, double a, double b)
    {
        if (!(p is >= 0 and <= 1) || !(a > 0) || !(b > 0)) return double.NaN;
        if (p is 0 or 1) return p;
        // In ln(x / (1 − x)) the function is smooth and both ends keep their digits.
        double Error(double logit)
        {
            var (x, y) = (1 / (1 + Math.Exp(-logit)), 1 / (1 + Math.Exp(logit)));
            var (lower, upper) = IncompleteFunctions.Beta(a, b, x, y);
            return p <= 0.5 ? Math.Log(lower / p) : -Math.Log(upper / (1 - p));
        }

        var centre = Math.Log(a / b);
        var (low, high) = (centre - 1, centre + 1);
        while (low > -700 && Error(low) > 0) low -= 1 + (0.2 * Math.Abs(low));
        while (high < 700 && Error(high) < 0) high += 1 + (0.2 * Math.Abs(high));
        return 1 / (1 + Math.Exp(-RootFinding.Brent(Error, low, high)));
    }

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double LogGamma(double x) => GammaFunctions.LogGamma(x);

    /// <summary>P(|T| &gt; t) of a noncentral Student t: power of a two-sided test (a Poisson mixture of central beta tails, all terms positive).</summary>
    /// <param name="t">Critical value, from 0.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <param name="noncentrality">Mean of the numerator, in standard errors.</param>
    public static double NoncentralStudentTwoSided(double t, double degreesOfFreedom, double noncentrality)
    {
        if (!(t >= 0) || !(degreesOfFreedom > 0) || double.IsNaN(noncentrality)) return double.NaN;
        var rate = 0.5 * noncentrality * noncentrality;
        var square = t * t;
        var (x, y) = (square / (degreesOfFreedom + square), degreesOfFreedom / (degreesOfFreedom + square));
        var spread = 12 * Math.Sqrt(rate + 1);
        var sum = 0.0;
        for (var j = (int)Math.Max(0, Math.Floor(rate - spread)); j <= rate + spread + 20; j++)
            sum += GammaFunctions.PoissonTerm(j, rate) * IncompleteFunctions.Beta(0.5 + j, 0.5 * degreesOfFreedom, x, y).Upper;
        return Math.Min(1, sum);
    }
}
