namespace Touchstone.Numerics;

/// <summary>Roots of a function of one variable.</summary>
public static class RootFinding
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>A root between two points at which the function has opposite signs (Brent 1973, ch. 4).</summary>
    /// <param name="function">Continuous between the points.</param>
    /// <param name="low">One point.</param>
    /// <param name="high">The other.</param>
    /// <param name="tolerance">Relative width at which the search ends.</param>
    /// <returns>The root, or NaN where the signs do not differ.</returns>
    public static double Brent(Func<double, double> function, double low, double high, double tolerance = 1e-15)
    {
        ArgumentNullException.ThrowIfNull(function);
        var (a, b, fa, fb) = (low, high, function(low), function(high));
        if (fa == 0) return a;
        if (fb == 0) return b;
        if (double.IsNaN(fa + fb) || Math.Sign(fa) == Math.Sign(fb)) return double.NaN;
        var (c, fc, d, e) = (a, fa, b - a, b - a);
        for (var i = 0; i < 400; i++)
        {
            if (Math.Sign(fb) == Math.Sign(fc)) (c, fc, d, e) = (a, fa, b - a, b - a);
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            // No narrower than two neighbours of b: below that no step would move it.
            var width = (((2 * MachineEpsilon) + (0.5 * tolerance)) * Math.Abs(b)) + 1e-300;
            var half = 0.5 * (c - b);
            if (fb == 0 || Math.Abs(half) <= width) return b;
            if (Math.Abs(e) >= width && Math.Abs(fa) > Math.Abs(fb))
            {
                var s = fb / fa;
                double p, q;
                if (a == c)
                {
                    (p, q) = (2 * half * s, 1 - s);
                }
                else
                {
                    var (u, r) = (fa / fc, fb / fc);
                    p = s * ((2 * half * u * (u - r)) - ((b - a) * (r - 1)));
                    q = (u - 1) * (r - 1) * (s - 1);
                }

                if (p > 0) q = -q;
                p = Math.Abs(p);
                if (2 * p < Math.Min((3 * half * q) - Math.Abs(width * q), Math.Abs(e * q))) (e, d) = (d, p / q);
                else (d, e) = (half, half);
            }
            else
            {
                (d, e) = (half, half);
            }

            (a, fa) = (b, fb);
            b += Math.Abs(d) > width ? d : half > 0 ? width : -width;
            fb = function(b);
        }

        return b;
    }
}
