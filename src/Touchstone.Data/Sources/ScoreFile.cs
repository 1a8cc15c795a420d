using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads rows that classifiers or click models scored: a column of what was so, one or several of scores, and perhaps one of a group.</summary>
public static class ScoreFile
{
    private const string Form = "Name one of them.";

    /// <summary>Reads the table.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet, also gzipped.</param>
    /// <param name="label">Column of what was so: 0 and 1, or true and false.</param>
    /// <param name="scores">Columns of the scores.</param>
    /// <param name="group">Column of the group, e.g. the shopper; null for none.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">A column is missing, or a row has a fault (says line and remedy).</exception>
    public static ScoredRows Read(string path, string label, IReadOnlyList<string> scores, string? group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scores);
        using var table = TableFile.Open(path, cancellationToken);
        var (labelAt, groupAt) = (table.Need(Form, label), group is null ? -1 : table.Need(Form, group));
        int[] scoresAt = [.. scores.Select(score => table.Need(Form, score))];
        var (labels, groups, index) = (new List<bool>(), new List<int>(), new TextIndex());
        List<double>[] columns = [.. scores.Select(_ => new List<double>())];
        var noProbability = new string?[columns.Length];
        while (table.Read())
        {
            labels.Add(Label(table, labelAt));
            if (groupAt >= 0) groups.Add(index.Of(table.Text(groupAt, "write the group of each row, or leave --group out.")));
            for (var i = 0; i < columns.Length; i++)
            {
                var score = table.Number(scoresAt[i], "write a score in every row, and leave rows out that cannot be scored.");
                if (score is not (>= 0 and <= 1)) noProbability[i] ??= string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}:{table.LineNumber} has {score}");
                columns[i].Add(score);
            }
        }

        if (labels.Count == 0) throw new SourceException(path, 0, "holds no rows; write one row a prediction.");
        return new ScoredRows
        {
            Names = scores,
            Scores = [.. columns.Select(column => column.ToArray())],
            NoProbability = noProbability,
            Labels = [.. labels],
            Groups = [.. groups],
            GroupCount = index.Texts.Count,
            Warnings = UnicodeForms.Warnings((index.Texts, "groups")),
        };
    }

    private static bool Label(TableFile table, int column)
    {
        var text = table.Text(column, "write what was so: 1 or 0, true or false.").Trim();
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase)) return false;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is 0 or 1
            ? number == 1
            : throw table.Fault($"{table.Columns[column]} \"{text}\" is neither yes nor no; write 1 or 0, true or false.");
    }
}
