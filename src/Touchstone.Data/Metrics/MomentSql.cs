using System.Globalization;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>
/// Moments of the unit table in two passes inside the engine: means first, then sums of products of distances from them (compensated where
/// the engine can). Only pairs that a statistic needs are formed; the others are NaN.
/// </summary>
internal static class MomentSql
{
    /// <summary>[segment, then variant] moments, ordinal by both.</summary>
    /// <param name="engine">With the table.</param>
    /// <param name="names">[value] names.</param>
    /// <param name="values">[value] what of a row of the table it is.</param>
    /// <param name="pairs">Pairs of values, each with the lower index first.</param>
    /// <param name="table">The table, with <c>variant</c>, <c>segment</c> and the values.</param>
    public static IReadOnlyList<SegmentMoments> Of(ISqlEngine engine, IReadOnlyList<string> names, IReadOnlyList<string> values, IReadOnlyCollection<(int Left, int Right)> pairs, string table = "units")
    {
        string Away(int i) => $"({values[i]} - m{Text(i)})";
        var centres = $"centres_of_{table}";
        var means = string.Concat(names.Select((_, i) => $", {engine.Sum(values[i])} / count(*) AS m{Text(i)}"));
        engine.Make(centres, $"SELECT segment, variant{means} FROM {table} GROUP BY segment, variant");
        var first = string.Concat(names.Select((_, i) => $", min(m{Text(i)}), {engine.Sum(Away(i))}, min({values[i]}), max({values[i]})"));
        var second = string.Concat(pairs.Select(pair => $", {engine.Sum($"{Away(pair.Left)} * {Away(pair.Right)}")}"));
        var sql = $"SELECT segment, CAST(variant AS VARCHAR), count(*){first}{second} FROM {table} JOIN {centres} USING (segment, variant) GROUP BY segment, variant";
        List<SegmentMoments> found = [];
        foreach (var row in engine.Query(sql)) found.Add(Read(row, names, pairs));
        return [.. found.OrderBy(entry => entry.Segment, StringComparer.Ordinal).ThenBy(entry => entry.Moments.Variant, StringComparer.Ordinal)];
    }

    /// <summary>[variant] moments over all segments, ordinal.</summary>
    public static IReadOnlyList<VariantMoments> Arms(IReadOnlyList<SegmentMoments> segments) =>
        [.. segments.GroupBy(entry => entry.Moments.Variant, StringComparer.Ordinal).OrderBy(arm => arm.Key, StringComparer.Ordinal)
            .Select(arm => VariantMoments.Merge(arm.Key, [.. arm.Select(entry => entry.Moments)]))];

    private static SegmentMoments Read(DuckRow row, IReadOnlyList<string> names, IReadOnlyCollection<(int Left, int Right)> pairs)
    {
        var count = row.Whole(2);
        var (means, left, minima, maxima) = (new double[names.Count], new double[names.Count], new double[names.Count], new double[names.Count]);
        for (var i = 0; i < names.Count; i++)
        {
            left[i] = row.RealOrNull(4 + (4 * i)) ?? 0;
            means[i] = (row.RealOrNull(3 + (4 * i)) ?? double.NaN) + (left[i] / count);
            (minima[i], maxima[i]) = (row.RealOrNull(5 + (4 * i)) ?? double.NaN, row.RealOrNull(6 + (4 * i)) ?? double.NaN);
        }

        var products = names.Select(_ => names.Select(_ => double.NaN).ToArray()).ToArray();
        var at = 3 + (4 * names.Count);
        foreach (var (a, b) in pairs)
        {
            products[a][b] = products[b][a] = (row.RealOrNull(at) ?? 0) - (left[a] * left[b] / count);
            at++;
        }

        return new SegmentMoments(row.Text(0), new VariantMoments
        {
            Variant = row.Text(1),
            Count = count,
            Columns = names,
            Means = means,
            Products = products,
            Minima = minima,
            Maxima = maxima,
        });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
