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
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">A column is missing, or a row has a fault (says line and remedy).</exception>
    public static UpliftTable Read(string path, string variant, string outcome, IReadOnlyList<string> features, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var table = TableFile.Open(path, cancellationToken);
        const string Form = "Name one of them.";
        var (armAt, outcomeAt) = (table.Need(Form, variant), table.Need(Form, outcome));
        int[] featuresAt = [.. features.Select(feature => table.Need(Form, feature))];
        List<string> arms = [];
        List<double> outcomes = [];
        List<string>[] cells = [.. features.Select(_ => new List<string>())];
        List<long> lines = [];
        while (table.Read())
        {
            arms.Add(table.Text(armAt).ToString());
            outcomes.Add(table.Number(outcomeAt));
            for (var i = 0; i < cells.Length; i++) cells[i].Add(table.TextOrEmpty(featuresAt[i]));
            lines.Add(table.LineNumber);
        }

        if (arms.Count == 0) throw new SourceException(path, 0, "holds no rows; write one row a unit.");
        string[] names = [.. arms.Distinct().Order(Utf8Ordinal.Comparer)];
        if (names.Length < 2) throw new SourceException(path, 0, $"has one arm only in {variant}, \"{names[0]}\"; a test needs two.");
        var indexes = names.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        UnitFeature[] read = [.. features.Select((feature, i) => Feature(path, feature, cells[i], lines))];
        return new UpliftTable
        {
            Arms = names,
            Arm = [.. arms.Select(arm => indexes[arm])],
            Outcomes = [.. outcomes],
            Features = read,
            Warnings = UnicodeForms.Warnings([(names, "arms"), .. read.Select(feature => ((IEnumerable<string>)feature.LevelNames, $"levels of {feature.Name}"))]),
        };
    }

    private static UnitFeature Feature(string path, string name, List<string> cells, List<long> lines)
    {
        var numbers = new double[cells.Count];
        var (areNumbers, empty) = (true, -1);
        for (var i = 0; i < cells.Count && areNumbers; i++)
        {
            if (string.IsNullOrWhiteSpace(cells[i])) empty = empty < 0 ? i : empty;
            else areNumbers = double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i]);
        }

        // Beside numbers an empty cell is no level of a text.
        if (areNumbers && empty >= 0) throw new SourceException(path, lines[empty], $"{name} is empty; write a number in every line, or leave it out of --features.");
        if (areNumbers) return new UnitFeature(name, numbers, [], []);
        string[] levels = [.. cells.Distinct().Order(Utf8Ordinal.Comparer)];
        if (levels.Length > LevelsMax) throw new SourceException(path, 0, $"has {levels.Length:#,##0} texts in {name}; a feature may have {LevelsMax} levels. Leave it out of --features, or group it.");
        var indexes = levels.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        return new UnitFeature(name, [], [.. cells.Select(cell => indexes[cell])], levels);
    }
}
