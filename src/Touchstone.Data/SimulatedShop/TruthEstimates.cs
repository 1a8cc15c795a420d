using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Estimates from moments over so many units that the normal interval holds.</summary>
internal static class TruthEstimates
{
    private const double Z = 1.959963984540054;

    /// <summary>Mean of a figure.</summary>
    public static Estimate Mean(PairedMoments moments, int figure, string unit) =>
        Of(moments.Mean(figure), moments.Cross(figure, figure), moments.Count, unit);

    /// <summary>Mean difference of two figures of the same units.</summary>
    public static Estimate Difference(PairedMoments moments, int figure, int baseline, string unit) => Of(
        moments.Mean(figure) - moments.Mean(baseline),
        moments.Cross(figure, figure) - (2 * moments.Cross(figure, baseline)) + moments.Cross(baseline, baseline),
        moments.Count,
        unit);

    /// <summary>Ratio of two sums over the same units, its error by the delta method.</summary>
    public static Estimate Ratio(PairedMoments moments, int figure, int divisor, string unit)
    {
        var ratio = moments.Mean(figure) / moments.Mean(divisor);
        var squares = moments.Cross(figure, figure) - (2 * ratio * moments.Cross(figure, divisor)) + (ratio * ratio * moments.Cross(divisor, divisor));
        return Of(ratio, squares / (moments.Mean(divisor) * moments.Mean(divisor)), moments.Count, unit);
    }

    private static Estimate Of(double value, double squares, long count, string unit)
    {
        var error = count > 1 ? Math.Sqrt(Math.Max(0, squares) / (count - 1) / count) : double.NaN;
        return new Estimate
        {
            Value = value,
            Low = value - (Z * error),
            High = value + (Z * error),
            StandardError = error,
            Count = (int)Math.Min(count, int.MaxValue),
            Unit = unit,
        };
    }
}
