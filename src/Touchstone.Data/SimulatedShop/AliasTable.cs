namespace Touchstone.Data.SimulatedShop;

/// <summary>Draws an index in proportion to weights in constant time (Walker 1977, built as by Vose 1991).</summary>
internal sealed class AliasTable
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    /// <summary>Prepares the draws.</summary>
    /// <param name="weights">[index] at least 0, some above 0.</param>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        var count = weights.Length;
        _keep = new double[count];
        _alias = new int[count];
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < count; i++)
        {
            _keep[i] = weights[i] * count / total;
            _alias[i] = i;
            (_keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            _alias[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        foreach (var i in small) _keep[i] = 1;
        foreach (var i in large) _keep[i] = 1;
    }

    /// <summary>How many indexes there are.</summary>
    public int Count => _keep.Length;

    /// <summary>One index.</summary>
    public int Draw(ref ShopperRandom random)
    {
        var place = random.NextDouble() * _keep.Length;
        var i = (int)place;
        return place - i < _keep[i] ? i : _alias[i];
    }
}
