using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Benchmarks;

/// <summary>A "one user a line" file, read without the product's own readers: a second way to the same facts.</summary>
internal sealed record SequenceFile(ProductTable Products, int[][] Histories)
{
    public static SequenceFile Read(string path)
    {
        var lines = File.ReadAllLines(path).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length > 1).ToArray();
        var ids = lines.SelectMany(parts => parts.Skip(1)).Distinct(StringComparer.Ordinal).ToArray();
        Array.Sort(ids, Utf8Ordinal.Compare);
        var products = new ProductTable(ids);
        return new SequenceFile(products, [.. lines.Select(parts => parts.Skip(1).Select(products.IndexOf).ToArray())]);
    }

    /// <summary>Histories without their last products.</summary>
    public TrainingHistories WithoutLast(int left)
    {
        var offsets = new List<int> { 0 };
        var rows = new List<int>();
        foreach (var history in Histories)
        {
            rows.AddRange(history.Take(history.Length - left));
            if (rows.Count > offsets[^1]) offsets.Add(rows.Count);
        }

        return new TrainingHistories { Products = Products, Offsets = [.. offsets], ProductIndexes = [.. rows] };
    }
}
