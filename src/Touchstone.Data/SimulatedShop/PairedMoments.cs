namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// Means and centred cross moments of several figures measured on the same units, so that any difference between two of them has its
/// own standard error. Unit by unit (Welford 1962), then merged (Chan, Golub and LeVeque 1983).
/// </summary>
internal sealed class PairedMoments(int figures)
{
    private readonly double[] _means = new double[figures];
    private readonly double[] _cross = new double[figures * figures];
    private long _count;

    /// <summary>Units so far.</summary>
    public long Count => _count;

    /// <summary>Takes one unit.</summary>
    /// <param name="values">[figure] its values.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        _count++;
        Span<double> away = stackalloc double[figures];
        for (var i = 0; i < figures; i++)
        {
            away[i] = values[i] - _means[i];
            _means[i] += away[i] / _count;
        }

        var shrink = (_count - 1) / (double)_count;
        for (var i = 0; i < figures; i++)
        {
            for (var j = 0; j < figures; j++) _cross[(i * figures) + j] += away[i] * away[j] * shrink;
        }
    }

    /// <summary>Takes the units of another.</summary>
    public void Merge(PairedMoments other)
    {
        if (other._count == 0) return;
        var total = _count + other._count;
        var factor = (double)_count * other._count / total;
        for (var i = 0; i < figures; i++)
        {
            for (var j = 0; j < figures; j++)
                _cross[(i * figures) + j] += other._cross[(i * figures) + j] + ((other._means[i] - _means[i]) * (other._means[j] - _means[j]) * factor);
        }

        for (var i = 0; i < figures; i++) _means[i] += (other._means[i] - _means[i]) * other._count / total;
        _count = total;
    }

    /// <summary>Mean of a figure.</summary>
    public double Mean(int figure) => _means[figure];

    /// <summary>Centred cross moment of two figures, summed over units.</summary>
    public double Cross(int left, int right) => _cross[(left * figures) + right];
}
