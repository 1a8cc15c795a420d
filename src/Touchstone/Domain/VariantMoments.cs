using Touchstone.Numerics;

namespace Touchstone.Domain;

/// <summary>
/// One variant's units reduced to counts, means and centred second and cross moments: all that most experiment statistics need, and small
/// whatever the number of units. Never raw sums of squares: at a mean of 1e9 they cancel.
/// </summary>
public sealed record VariantMoments
{
    /// <summary>Name of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>Units (the unit of randomisation, mostly shoppers), those without events included.</summary>
    public required long Count { get; init; }

    /// <summary>[column] names.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>[column] means; NaN without units.</summary>
    public required double[] Means { get; init; }

    /// <summary>[column][column] Σ (x − mean of x)(y − mean of y), symmetric.</summary>
    public required double[][] Products { get; init; }

    /// <summary>[column] least value of a unit; empty where it was not looked for.</summary>
    public double[] Minima { get; init; } = [];

    /// <summary>[column] greatest value of a unit; empty where it was not looked for.</summary>
    public double[] Maxima { get; init; } = [];

    /// <summary>Where a column stands.</summary>
    /// <exception cref="ArgumentException">There is no such column (names those there are).</exception>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] == column) return i;
        throw new ArgumentException($"There is no column \"{column}\"; there are {string.Join(", ", Columns)}.", nameof(column));
    }

    /// <summary>Mean of a column.</summary>
    public double Mean(string column) => Means[IndexOf(column)];

    /// <summary>Sample covariance of two columns (n − 1); NaN below two units.</summary>
    public double Covariance(string left, string right) => Count < 2 ? double.NaN : Products[IndexOf(left)][IndexOf(right)] / (Count - 1);

    /// <summary>Sample variance of a column (n − 1); NaN below two units.</summary>
    public double Variance(string column) => Covariance(column, column);

    /// <summary>Largest distance of a unit from its column's mean; NaN where it was not looked for.</summary>
    public double LargestDeviation(string column)
    {
        var at = IndexOf(column);
        return Minima.Length == 0 || Maxima.Length == 0 ? double.NaN : Math.Max(Maxima[at] - Means[at], Means[at] - Minima[at]);
    }

    /// <summary>Reduces columns of values.</summary>
    /// <param name="variant">Name of the variant.</param>
    /// <param name="columns">[column] name and [unit] values, finite, all of one length.</param>
    /// <exception cref="ArgumentException">Columns of unequal length (names the column).</exception>
    public static VariantMoments Of(string variant, params (string Name, double[] Values)[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var count = columns.Length == 0 ? 0 : columns[0].Values.Length;
        foreach (var (name, values) in columns)
            if (values.Length != count) throw new ArgumentException($"Column \"{name}\" has {values.Length} units; expected {count}, as \"{columns[0].Name}\".", nameof(columns));
        double[] means = [.. columns.Select(column => CentredMoments.Mean(column.Values))];
        return new VariantMoments
        {
            Variant = variant,
            Count = count,
            Columns = [.. columns.Select(column => column.Name)],
            Means = means,
            Minima = [.. columns.Select(column => column.Values.DefaultIfEmpty(double.NaN).Min())],
            Maxima = [.. columns.Select(column => column.Values.DefaultIfEmpty(double.NaN).Max())],
            Products = [.. columns.Select((left, i) => columns.Select((right, j) => CentredMoments.Product(left.Values, means[i], right.Values, means[j])).ToArray())],
        };
    }

    /// <summary>Moments of all units of several groups together (Chan, Golub and LeVeque 1983).</summary>
    /// <param name="variant">Name of the whole.</param>
    /// <param name="groups">Groups with the same columns.</param>
    /// <exception cref="ArgumentException">No groups, or other columns.</exception>
    public static VariantMoments Merge(string variant, IReadOnlyList<VariantMoments> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0) throw new ArgumentException("There is nothing to merge.", nameof(groups));
        var merged = groups[0] with { Variant = variant };
        for (var i = 1; i < groups.Count; i++) merged = Merge(merged, groups[i]);
        return merged;
    }

    private static VariantMoments Merge(VariantMoments left, VariantMoments right)
    {
        if (!left.Columns.SequenceEqual(right.Columns)) throw new ArgumentException($"Columns {string.Join(", ", left.Columns)} and {string.Join(", ", right.Columns)} differ: merge groups of the same columns.", nameof(right));
        if (left.Count == 0) return right with { Variant = left.Variant };
        if (right.Count == 0) return left;
        var (n, width) = (left.Count + right.Count, left.Columns.Count);
        double[] delta = [.. left.Means.Select((mean, i) => right.Means[i] - mean)];
        var share = (double)right.Count / n;
        var weight = left.Count * share;
        return left with
        {
            Count = n,
            Minima = [.. left.Minima.Zip(right.Minima, Math.Min)],
            Maxima = [.. left.Maxima.Zip(right.Maxima, Math.Max)],
            Means = [.. left.Means.Select((mean, i) => mean + (delta[i] * share))],
            Products = [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, width).Select(j => left.Products[i][j] + right.Products[i][j] + (delta[i] * delta[j] * weight)).ToArray())],
        };
    }
}
