using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads logs of slates: a slot a row, the rows of a slate together and in the order shown.</summary>
public static class SlateLogFile
{
    /// <summary>All slates of a log.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet.</param>
    /// <param name="mapped">Field → column, where a column goes by a name of its own.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">A column is missing, a row cannot be read, or a slate's rows do not stand together in order.</exception>
    public static SlateRounds Read(string path, IReadOnlyDictionary<string, string> mapped, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mapped);
        using var table = TableFile.Open(path, cancellationToken);
        var slate = BanditColumns.Require(table, "slate", mapped, "A log of slates is a slot a row: slate,position,reward and probabilities.");
        var position = BanditColumns.Require(table, "position", mapped, "A log of slates is a slot a row: slate,position,reward and probabilities.");
        var reward = BanditColumns.Require(table, "reward", mapped, "Name the column of what a slot earned: --columns reward=NAME.");
        string[] fields = ["propensity_slot", "target_slot", "propensity_prefix", "target_prefix", "q_hat", "q_hat_target", "pseudo_inverse_weight"];
        int[] columns = [.. fields.Select(field => BanditColumns.Find(table, field, mapped))];
        RequirePairs(table, fields, columns);
        var cluster = BanditColumns.Find(table, "cluster", mapped);
        var (clusters, clusterIndex) = (new List<int>(), new ClusterIndex());
        var (starts, rewards, values) = (new List<int>(), new List<double>(), fields.Select(_ => new List<double>()).ToArray());
        var (seen, current, before) = (new HashSet<string>(StringComparer.Ordinal), "", double.NegativeInfinity);
        while (table.Read())
        {
            var name = table.Text(slate, "write the slate's id on each of its slots.").Trim();
            if (starts.Count == 0 || !name.SequenceEqual(current))
            {
                current = name.ToString();
                if (!seen.Add(current)) throw table.Fault($"goes back to slate \"{current}\": the rows of a slate stand together; sort the file by slate and position.");
                starts.Add(rewards.Count);
                if (cluster >= 0) clusters.Add(clusterIndex.Of(table.Cell(cluster)));
                before = double.NegativeInfinity;
            }
            else if (cluster >= 0 && !clusterIndex.IsLast(table.Cell(cluster)))
            {
                throw table.Fault($"has another {table.Columns[cluster]} than the rows of slate \"{current}\" before; a slate is shown to one shopper.");
            }

            var at = table.Number(position, "write the slot's position.");
            if (!(at > before)) throw table.Fault(string.Create(CultureInfo.InvariantCulture, $"has position {at} after {before} in slate \"{current}\"; sort the file by slate and position, each position once."));
            before = at;
            rewards.Add(table.Number(reward, "write what the slot earned, 0 for nothing."));
            for (var i = 0; i < fields.Length; i++)
            {
                if (columns[i] < 0) continue;
                values[i].Add(fields[i].StartsWith("propensity", StringComparison.Ordinal) ? table.Probability(columns[i], false, "log the probability that the policy chose with.")
                    : fields[i].StartsWith("target", StringComparison.Ordinal) ? table.Probability(columns[i], true, "write the judged policy's probability.")
                    : table.Number(columns[i], $"write {fields[i]}."));
            }
        }

        if (rewards.Count == 0) throw new SourceException(path, 1, "has a header and no rows; a slot a row.");
        return new SlateRounds
        {
            Starts = [.. starts, rewards.Count],
            Rewards = [.. rewards],
            SlotPropensities = [.. values[0]],
            SlotTargets = [.. values[1]],
            PrefixPropensities = [.. values[2]],
            PrefixTargets = [.. values[3]],
            ModelledRewards = [.. values[4]],
            ModelledValues = [.. values[5]],
            Clusters = [.. clusters],
            Warnings = UnicodeForms.Warnings((seen, "slates")),
            PseudoInverseWeights = values[6].Count == 0 ? [] : [.. starts.Select(start => values[6][start])],
        };
    }

    private static void RequirePairs(TableFile table, string[] fields, int[] columns)
    {
        for (var i = 0; i < 6; i += 2)
            if (columns[i] >= 0 != columns[i + 1] >= 0)
                throw new SourceException(table.Path, 1, $"has {fields[columns[i] >= 0 ? i : i + 1]} and no {fields[columns[i] >= 0 ? i + 1 : i]}; the two belong together.");
        if (columns[0] < 0 && columns[2] < 0)
            throw new SourceException(table.Path, 1, $"has no probabilities: give propensity_slot and target_slot, or propensity_prefix and target_prefix. It has: {string.Join(", ", table.Columns)}.");
    }
}
