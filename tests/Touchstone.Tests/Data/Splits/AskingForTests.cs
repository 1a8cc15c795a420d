using CsCheck;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Splits;

public sealed class AskingForTests
{
    [Fact]
    public void Cases_that_ask_for_a_kind_keep_their_history_and_only_targets_of_that_kind() => Gen.Select(
        Gen.Select(Gen.Int[0, 7].Array[0, 4], Gen.Int[0, 7].Array[1, 4]).Array[1, 12], Gen.Bool.Array[8]).Sample((rows, isAsked) =>
    {
        var cases = new JudgedCases
        {
            Products = new ProductTable(["a", "b", "c", "d", "e", "f", "g", "h"]),
            Units = [.. rows.Select((_, i) => $"u{i:00}")],
            HistoryOffsets = [0, .. rows.Select((_, i) => rows.Take(i + 1).Sum(row => row.Item1.Length))],
            HistoryProducts = [.. rows.SelectMany(row => row.Item1)],
            TargetOffsets = [0, .. rows.Select((_, i) => rows.Take(i + 1).Sum(row => row.Item2.Length))],
            TargetProducts = [.. rows.SelectMany(row => row.Item2)],
        };
        var asked = cases.AskingFor(isAsked);
        var expected = rows.Select((row, i) => (Unit: $"u{i:00}", History: row.Item1, Targets: row.Item2.Where(product => isAsked[product]).ToArray())).Where(row => row.Targets.Length > 0).ToArray();
        Assert.Equal(expected.Select(row => row.Unit), asked.Units);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].History, asked.HistoryProducts[asked.HistoryOffsets[i]..asked.HistoryOffsets[i + 1]]);
            Assert.Equal(expected[i].Targets, asked.TargetProducts[asked.TargetOffsets[i]..asked.TargetOffsets[i + 1]]);
        }
    });
}
