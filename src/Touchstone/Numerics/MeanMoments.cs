namespace Touchstone.Numerics;

/// <summary>Count, mean and centred second moment of a column that comes in blocks, merged without cancellation (Chan, Golub and LeVeque 1983).</summary>
public sealed class MeanMoments
{
    private double _squares;

    /// <summary>Values seen.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; NaN before the first.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>The least value; +∞ before the first.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest value; −∞ before the first.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Variance over n − 1; NaN below two values.</summary>
    public double Variance => Count < 2 ? double.NaN : _squares / (Count - 1);

    /// <summary>Standard deviation over the root of n; NaN below two values.</summary>
    public double StandardError => Math.Sqrt(Variance / Count);

    /// <summary>Takes a block in.</summary>
    /// <param name="values">[i].</param>
    public void Add(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return;
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
        }

        var mean = sum / values.Length;
        // The second pass over the rounded mean mends the first (Neumaier's remark on two passes).
        double squares = 0, rest = 0;
        foreach (var value in values)
        {
            var apart = value - mean;
            squares += apart * apart;
            rest += apart;
        }

        mean += rest / values.Length;
        squares -= rest * rest / values.Length;
        if (Count == 0)
        {
            (Count, Mean, _squares) = (values.Length, mean, squares);
            return;
        }

        var total = Count + values.Length;
        var delta = mean - Mean;
        _squares += squares + (delta * delta * ((double)Count / total * values.Length));
        Mean += delta * ((double)values.Length / total);
        Count = total;
    }
}
