using CsCheck;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Tests.Data.Cleaning;

namespace Touchstone.Tests.Data.Splits;

public sealed class SplitterTests : IDisposable
{
    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    private (SplitSummary Summary, Behaviour Behaviour) Split(
        IEnumerable<Interaction> rows, SplitConfiguration? options = null, IEnumerable<Product>? products = null, string zone = "UTC")
    {
        Cleaner.Run(rows, products ?? [], [], _files.Folder, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var summary = Splitter.Run(_files.Folder, options ?? new SplitConfiguration(), zone, 0.3);
        var behaviour = BehaviourReader.Read(_files.Folder);
        LeakageDetector.CheckParts(behaviour, summary);
        foreach (var part in (SplitPart[])[SplitPart.Validation, SplitPart.Test])
            LeakageDetector.CheckCases(behaviour, JudgedCases.From(behaviour, part), part);
        LeakageDetector.CheckHistories(behaviour, TrainingHistories.From(behaviour));
        LeakageDetector.CheckHistories(behaviour, TrainingHistories.From(behaviour, withValidation: true), withValidation: true);
        return (summary, behaviour);
    }

    private static IEnumerable<Interaction> Sequence(string shopper, string products, long firstLine = 1) =>
        products.Select((p, i) => Rows.View(shopper, null, p.ToString(), firstLine, ordinal: i));

    private static string Written(Behaviour behaviour, string unit)
    {
        var at = Array.IndexOf(behaviour.Units, unit);
        return string.Join(' ', Enumerable.Range(behaviour.Offsets[at], behaviour.Offsets[at + 1] - behaviour.Offsets[at])
            .Select(r => $"{behaviour.Products.Ids[behaviour.ProductIndexes[r]]}:{behaviour.Parts[r]}"));
    }

    [Theory]
    [InlineData("abcd", "a:Train b:Train c:Validation d:Test")]
    [InlineData("abcb", "a:Train b:Validation c:Test")]
    [InlineData("abcac", "a:Train b:Validation c:Test")]
    [InlineData("abbac", "a:Train b:Validation b:ValidationContext a:ValidationContext c:Test")]
    [InlineData("aab", "a:Train a:Train b:Test")]
    [InlineData("aaa", "a:Train a:Train a:Train")]
    [InlineData("ab", "a:Train b:Train")]
    public void Leave_one_out_judges_the_last_product_that_is_new(string products, string expected) =>
        Assert.Equal(expected, Written(Split(Sequence("s", products)).Behaviour, "s"));

    [Fact]
    public void Rows_behind_the_judged_one_are_counted()
    {
        var (summary, behaviour) = Split([.. Sequence("s", "abcac"), .. Sequence("t", "abcd", 2)]);
        Assert.Equal((SplitMethod.LeaveOneOut, 2, 2), (summary.Method, summary.DroppedRows, summary.UnitsTested));
        Assert.Equal(["a", "b", "c", "d"], behaviour.Products.Ids);
        Assert.Empty(behaviour.OccurredAtMs);
        Assert.Empty(behaviour.Revenues);
        Assert.Equal("no times: the rows say only in which order things happened", summary.NotApplicable.Single(n => n.Method == SplitMethod.Time).Reason);
        Assert.Equal(summary.TrainRows, SplitSummary.Load(_files["split.json"]).TrainRows);
    }

    [Fact]
    public void A_time_split_without_times_says_what_is_missing()
    {
        var error = Assert.Throws<SplitException>(() => Split(Sequence("s", "abcd"), new SplitConfiguration { Method = SplitMethod.Time }));
        Assert.Equal("split.method: time needs times, but there are no times: the rows say only in which order things happened; map a time column, or use split.method: leave-one-out.", error.Message);
    }

    [Fact]
    public void Nothing_to_learn_from_is_an_error_that_points_to_the_account()
    {
        var error = Assert.Throws<SplitException>(() => Split([]));
        Assert.Equal("No purchase, rating or view was kept, so there is nothing to learn from or to judge; see the cleaning account for where the rows went.", error.Message);
    }

    [Fact]
    public void A_time_split_cuts_at_midnight_of_the_sites_zone_and_judges_nobody_without_a_history()
    {
        Interaction[] rows =
        [
            Rows.Purchase("s", "a", 1, 0), Rows.Purchase("s", "b", 2, 10),
            Rows.Purchase("s", "c", 3) with { OccurredAt = new DateTime(2024, 1, 19, 15, 59, 59, DateTimeKind.Utc) },
            Rows.Purchase("s", "d", 4) with { OccurredAt = new DateTime(2024, 1, 19, 16, 0, 0, DateTimeKind.Utc) },
            Rows.Purchase("new", "a", 5, 15), Rows.Purchase("new", "b", 6, 25), Rows.Purchase("late", "c", 7, 26),
        ];
        var options = new SplitConfiguration { Method = SplitMethod.Time, ValidationFrom = new DateOnly(2024, 1, 12), TestFrom = new DateOnly(2024, 1, 20) };
        var (summary, behaviour) = Split(rows, options, zone: "Asia/Shanghai");
        Assert.Equal("a:Train b:Train c:Validation d:Test", Written(behaviour, "s"));
        Assert.Equal("a:ValidationContext b:Test", Written(behaviour, "new"));
        Assert.Equal("c:TestContext", Written(behaviour, "late"));
        Assert.Equal((1, 2, 2), (summary.UnitsValidated, summary.UnitsTested, summary.ContextRows));
    }

    [Fact]
    public void Cuts_outside_of_the_rows_time_are_refused()
    {
        var options = new SplitConfiguration { Method = SplitMethod.Time, ValidationFrom = new DateOnly(2030, 1, 1), TestFrom = new DateOnly(2030, 2, 1) };
        var error = Assert.Throws<SplitException>(() => Split([Rows.Purchase("s", "a", 1), Rows.Purchase("s", "b", 2, 90)], options));
        Assert.StartsWith("The rows lie between 2024-01-01 12:00 and 2024-03-31 12:00; parts from 2030-01-01 00:00 and 2030-02-01 00:00 leave one empty.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_are_cut_whole_by_their_start_and_their_last_new_product_is_judged()
    {
        var rows = Enumerable.Range(0, 20).SelectMany(s => "abab".Select((p, i) =>
            Rows.View(null, $"s{s:00}", p + (s % 3).ToString(System.Globalization.CultureInfo.InvariantCulture), (s * 10) + i, Rows.Day(s).AddMinutes(i))));
        var (summary, behaviour) = Split(rows);
        Assert.Equal((SplitMethod.Session, "views come in sessions", 2, 2), (summary.Method, summary.Reason, summary.UnitsValidated, summary.UnitsTested));
        Assert.Equal("a1:TestContext b1:Test", Written(behaviour, "s19"));
        Assert.Equal("a2:ValidationContext b2:Validation", Written(behaviour, "s17"));
        Assert.Equal("a0:Train b0:Train a0:Train b0:Train", Written(behaviour, "s15"));
    }

    [Fact]
    public void Money_is_the_lines_own_else_the_list_price_and_cost_of_its_day()
    {
        Interaction[] rows =
        [
            Rows.Purchase("s", "p", 1, 0, 2, 10) with { Discount = 1 },
            Rows.Purchase("s", "q", 2, 5, 3, null),
            Rows.Purchase("s", "q", 3, 20, null, null),
            Rows.Purchase("s", "r", 4, 21, 1, null),
        ];
        Product[] products = [Rows.Item("q", "Q", 4, 1, Rows.Day(1)), Rows.Item("q", null, 5, null, Rows.Day(10), 3), Rows.Item("p", "P", 99)];
        var (summary, behaviour) = Split(rows, new SplitConfiguration { Method = SplitMethod.LeaveOneOut }, products);
        Assert.Equal([19, 12, 5, double.NaN], behaviour.Revenues);
        Assert.Equal([19 * 0.3, 9, 4, double.NaN], behaviour.Margins);
        Assert.Equal((3, 2, 1), (summary.RowsWithRevenue, summary.RowsAtListPrice, summary.RowsWithAssumedMargin));
        Assert.Equal([99, 5, double.NaN], behaviour.Products.Prices);
        Assert.Equal(["P", "Q", ""], behaviour.Products.Titles);
    }

    [Fact]
    public void Ids_survive_whatever_they_hold_and_sort_by_their_bytes()
    {
        string[] ids = ["a/b", "🎧", "无线", "\uFF5E", "x\0y", "x\u0010P", " ", "o'clock"];
        var rows = ids.Select((id, i) => Rows.View("用户/1 \0", null, id, 1, ordinal: i));
        var (_, behaviour) = Split(rows);
        Assert.Equal(ids.Order(Touchstone.Numerics.Utf8Ordinal.Comparer), behaviour.Products.Ids);
        Assert.Equal(["用户/1 \0"], behaviour.Units);
        Assert.Equal(ids, behaviour.ProductIndexes.Select(p => behaviour.Products.Ids[p]));
    }

    [Fact]
    public void Parts_are_disjoint_and_complete_and_the_order_of_files_does_not_matter() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 6], Gen.Int[0, 100], Gen.Int[0, 2]).List[3, 80].Sample(
            tuples =>
            {
                Interaction[] rows = [.. tuples.Select((t, i) => Rows.Purchase($"s{t.Item1}", $"p{t.Item2}", i + 1, t.Item3) with { EventId = $"{i}", Source = $"{t.Item4}.csv" })];
                var (summary, behaviour) = Split(rows, new SplitConfiguration { Method = SplitMethod.LeaveOneOut });
                Assert.Equal(rows.Length, behaviour.Count + summary.DroppedRows);
                Assert.Equal(behaviour.Count, summary.TrainRows + summary.ValidationRows + summary.TestRows + summary.ContextRows);
                var (other, same) = Split(rows.OrderByDescending(r => r.Source).ThenBy(r => r.Line), new SplitConfiguration { Method = SplitMethod.LeaveOneOut });
                Assert.Equal(behaviour.ProductIndexes, same.ProductIndexes);
                Assert.Equal(behaviour.Parts, same.Parts);
                Assert.Equal(summary.TestRows, other.TestRows);
            },
            iter: 12,
            threads: 1);
}
