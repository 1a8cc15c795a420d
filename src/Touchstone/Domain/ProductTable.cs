using Touchstone.Numerics;

namespace Touchstone.Domain;

/// <summary>
/// The products of one run as columns, ordered by id ascending (ordinal UTF-8), so that a lower index is also the winner of a tie.
/// Absent text is an empty string, absent money is NaN.
/// </summary>
public sealed class ProductTable
{
    private readonly Dictionary<string, int> _indexes;

    /// <summary>Makes the table.</summary>
    /// <param name="ids">[product] ascending by ordinal UTF-8, distinct.</param>
    /// <exception cref="ArgumentException">Ids out of order or repeated (names the id).</exception>
    public ProductTable(string[] ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _indexes = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            if (i > 0 && Utf8Ordinal.Compare(ids[i - 1], ids[i]) >= 0)
                throw new ArgumentException($"ids[{i}] = \"{ids[i]}\" does not follow \"{ids[i - 1]}\"; order ids by ordinal UTF-8, each once.", nameof(ids));
            _indexes.Add(ids[i], i);
        }

        Ids = ids;
        Titles = Empty(ids.Length);
        Brands = Empty(ids.Length);
        Categories = Empty(ids.Length);
        Descriptions = Empty(ids.Length);
        Prices = Unknown(ids.Length);
        UnitCosts = Unknown(ids.Length);
    }

    /// <summary>[product] ids.</summary>
    public string[] Ids { get; }

    /// <summary>[product] titles.</summary>
    public string[] Titles { get; init; }

    /// <summary>[product] brands.</summary>
    public string[] Brands { get; init; }

    /// <summary>[product] category paths, root first, joined by <c> &gt; </c>.</summary>
    public string[] Categories { get; init; }

    /// <summary>[product] descriptions.</summary>
    public string[] Descriptions { get; init; }

    /// <summary>[product] price of one unit in the reporting currency, NaN where unknown.</summary>
    public double[] Prices { get; init; }

    /// <summary>[product] cost of one unit in the reporting currency, NaN where unknown.</summary>
    public double[] UnitCosts { get; init; }

    /// <summary>How many products.</summary>
    public int Count => Ids.Length;

    /// <summary>Index of an id, or -1.</summary>
    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    private static string[] Empty(int count)
    {
        var values = new string[count];
        Array.Fill(values, "");
        return values;
    }

    private static double[] Unknown(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
