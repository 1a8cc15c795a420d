namespace Touchstone.Evaluation.Comparison;

/// <summary>Adjusted p-values for several tests at once. A test without a p (NaN) is left out of their number and stays NaN.</summary>
public static class MultipleTesting
{
    /// <summary>By the correction that was asked for.</summary>
    public static double[] Adjusted(ReadOnlySpan<double> p, PValueCorrection correction) => correction switch
    {
        PValueCorrection.Holm => Holm(p),
        PValueCorrection.BenjaminiHochberg => BenjaminiHochberg(p),
        _ => throw new ArgumentOutOfRangeException(nameof(correction), correction, "Unknown correction."),
    };

    /// <summary>Holm's step-down method (1979): no more than alpha of any false alarm.</summary>
    public static double[] Holm(ReadOnlySpan<double> p) => StepDown(p);

    /// <summary>Benjamini and Hochberg's method (1995): the share of false among all alarms, for independent or positively dependent tests.</summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p) => StepUp(p, 1);

    /// <summary>Benjamini and Yekutieli's method (2001): the same under any dependence.</summary>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> p)
    {
        var harmonic = 0.0;
        for (var i = Defined(p).Length; i >= 1; i--) harmonic += 1.0 / i;
        return StepUp(p, harmonic);
    }

    /// <summary>Bonferroni's method: p times the number of tests.</summary>
    public static double[] Bonferroni(ReadOnlySpan<double> p)
    {
        var count = Defined(p).Length;
        var adjusted = p.ToArray();
        for (var i = 0; i < adjusted.Length; i++) adjusted[i] = Math.Min(1, adjusted[i] * count);
        return adjusted;
    }

    private static double[] StepDown(ReadOnlySpan<double> p)
    {
        var order = Defined(p);
        var adjusted = Empty(p.Length);
        var running = 0.0;
        for (var k = 0; k < order.Length; k++)
        {
            running = Math.Max(running, Math.Min(1, p[order[k]] * (order.Length - k)));
            adjusted[order[k]] = running;
        }

        return adjusted;
    }

    private static double[] StepUp(ReadOnlySpan<double> p, double factor)
    {
        var order = Defined(p);
        var adjusted = Empty(p.Length);
        var running = 1.0;
        for (var k = order.Length - 1; k >= 0; k--)
        {
            running = Math.Min(running, p[order[k]] * order.Length * factor / (k + 1));
            adjusted[order[k]] = running;
        }

        return adjusted;
    }

    /// <summary>Places of the tests that have a p, ascending by it, ties by place.</summary>
    private static int[] Defined(ReadOnlySpan<double> p)
    {
        List<(double P, int Index)> defined = [];
        for (var i = 0; i < p.Length; i++)
        {
            if (double.IsNaN(p[i])) continue;
            if (p[i] is < 0 or > 1) throw new ArgumentException($"p[{i}] = {p[i]}; expected [0, 1], or NaN for a test that could not be computed.", nameof(p));
            defined.Add((p[i], i));
        }

        defined.Sort();
        return [.. defined.Select(pair => pair.Index)];
    }

    private static double[] Empty(int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
