using Touchstone.Domain;

namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Who took what: sparse by unit and by product, without empty cells.</summary>
internal sealed class UnitMatrix
{
    private readonly int[] _unitStarts, _products, _productStarts, _units;
    private readonly double[] _unitValues, _productValues;

    /// <summary>A matrix from cells ordered by unit, then product, each once.</summary>
    internal UnitMatrix(int unitCount, int productCount, IReadOnlyList<(int Unit, int Product, double Value)> cells)
    {
        (_unitStarts, _products, _unitValues) = (new int[unitCount + 1], new int[cells.Count], new double[cells.Count]);
        (_productStarts, _units, _productValues) = (new int[productCount + 1], new int[cells.Count], new double[cells.Count]);
        foreach (var (unit, product, _) in cells)
        {
            _unitStarts[unit + 1]++;
            _productStarts[product + 1]++;
        }

        for (var i = 0; i < unitCount; i++) _unitStarts[i + 1] += _unitStarts[i];
        for (var i = 0; i < productCount; i++) _productStarts[i + 1] += _productStarts[i];
        var next = _productStarts.AsSpan(0, productCount).ToArray();
        for (var i = 0; i < cells.Count; i++)
        {
            var (unit, product, value) = cells[i];
            (_products[i], _unitValues[i]) = (product, value);
            var at = next[product]++;
            (_units[at], _productValues[at]) = (unit, value);
        }
    }

    /// <summary>How many products.</summary>
    internal int ProductCount => _productStarts.Length - 1;

    /// <summary>1 where the unit has the product at least once.</summary>
    internal static UnitMatrix Binary(TrainingHistories histories)
    {
        var cells = new List<(int, int, double)>(histories.ProductIndexes.Length);
        var distinct = new List<int>();
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            distinct.Clear();
            for (var row = histories.Offsets[unit]; row < histories.Offsets[unit + 1]; row++) distinct.Add(histories.ProductIndexes[row]);
            distinct.Sort();
            for (var i = 0; i < distinct.Count; i++)
                if (i == 0 || distinct[i] != distinct[i - 1]) cells.Add((unit, distinct[i], 1));
        }

        return new UnitMatrix(histories.UnitCount, histories.Products.Count, cells);
    }

    /// <summary>Units with a product, ascending, and their values.</summary>
    internal (ArraySegment<int> Units, ArraySegment<double> Values) OfProduct(int product)
    {
        var (start, count) = (_productStarts[product], _productStarts[product + 1] - _productStarts[product]);
        return (new ArraySegment<int>(_units, start, count), new ArraySegment<double>(_productValues, start, count));
    }

    /// <summary>Products of a unit, ascending, and their values.</summary>
    internal (ArraySegment<int> Products, ArraySegment<double> Values) OfUnit(int unit)
    {
        var (start, count) = (_unitStarts[unit], _unitStarts[unit + 1] - _unitStarts[unit]);
        return (new ArraySegment<int>(_products, start, count), new ArraySegment<double>(_unitValues, start, count));
    }
}
