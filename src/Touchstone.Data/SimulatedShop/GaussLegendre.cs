namespace Touchstone.Data.SimulatedShop;

/// <summary>Nodes and masses of Gauss and Legendre's quadrature on [0, 1] (Abramowitz and Stegun 25.4.29, roots by Newton's method).</summary>
internal static class GaussLegendre
{
    /// <summary>[node] places ascending and their masses, which sum to 1.</summary>
    public static (double[] Nodes, double[] Masses) Unit(int count)
    {
        var nodes = new double[count];
        var masses = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (count - i - 0.25) / (count + 0.5));
            double slope;
            while (true)
            {
                var (previous, current) = (1.0, x);
                for (var n = 2; n <= count; n++) (previous, current) = (current, (((2 * n) - 1) * x * current / n) - ((n - 1) * previous / n));
                slope = count * ((x * current) - previous) / ((x * x) - 1);
                var step = current / slope;
                x -= step;
                if (Math.Abs(step) < 1e-15) break;
            }

            nodes[i] = (1 + x) / 2;
            masses[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, masses);
    }
}
