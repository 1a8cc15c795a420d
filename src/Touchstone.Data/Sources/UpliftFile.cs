using System.Globalization;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Data.Sources;

/// <summary>Reads a randomised test, one row a unit: its arm, its outcome, and columns known before as features.</summary>
public static class UpliftFile
{
    private const int LevelsMax = 200;

    /// <summary>Reads the table.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet, also gzipped.</param>
    /// <param name="variant">Column of the arm.</param>
    /// <param name="outcome">Column of the outcome: numbers, or true and false.</param>
    /// <param name="features">Columns of the features.</param>
    /// <exception cref="SourceException">A column is missing, or a row has a fault (says line and remedy).</exception>
    public static UpliftTable Read(string path, string variant, string outcome, IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var table = PlainTable.Open(path);
        var (armAt, outcomeAt) = (Column(table, variant), Column(table, outcome));
        int[] featuresAt = [.. features.Select(feature => Column(table, feature))];
        List<string> arms = [];
        List<double> outcomes = [];
        List<string>[] cells = [.. features.Select(_ => new List<string>())];
        List<long> lines = [];
        while (table.Read())
        {
            arms.Add(table.NeedText(armAt));
            outcomes.Add(table.Number(outcomeAt));
            for (var i = 0; i < cells.Length; i++) cells[i].Add(table.Text(featuresAt[i]));
            lines.Add(table.Line);
        }

        if (arms.Count == 0) throw new SourceException(path, 0, "holds no rows; write one row a unit.");
        string[] names = [.. arms.Distinct().Order(Utf8Ordinal.Comparer)];
        if (names.Length < 2) throw new SourceException(path, 0, $"has one arm only in {variant}, \"{names[0]}\"; a test needs two.");
        var indexes = names.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return new UpliftTable
        {
            Arms = names,
            Arm = [.. arms.Select(arm => indexes[arm])],
            Outcomes = [.. outcomes],
            Features = [.. features.Select((feature, i) => Feature(path, feature, cells[i]))],
        };
    }

    private static UnitFeature Feature(string path, string name, List<string> cells)
    {
        var numbers = new double[cells.Count];
        var areNumbers = true;
        for (var i = 0; i < cells.Count && areNumbers; i++) areNumbers = double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i]);
        if (areNumbers) return new UnitFeature(name, numbers, [], []);
        string[] levels = [.. cells.Distinct().Order(Utf8Ordinal.Comparer)];
        if (levels.Length > LevelsMax) throw new SourceException(path, 0, $"has {levels.Length:#,##0} texts in {name}; a feature may have {LevelsMax} levels. Leave it out of --features, or group it.");
        var indexes = levels.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return new UnitFeature(name, [], [.. cells.Select(cell => indexes[cell])], levels);
    }

    // Exactly as named first: columns of anyone's may differ by a sign only.
    private static int Column(PlainTable table, string name)
    {
        for (var i = 0; i < table.Columns.Count; i++)
            if (table.Columns[i] == name) return i;
        return table.Need("Name one of them.", name);
    }
}
