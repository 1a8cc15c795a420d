using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Splits;

public sealed class LeakageDetectorTests
{
    private static readonly ProductTable Products = new(["a", "b", "c", "d"]);

    private static Behaviour Rows(string products, long[]? times, params SplitPart[] parts) => new()
    {
        Products = Products,
        Units = ["s"],
        Offsets = [0, products.Length],
        ProductIndexes = [.. products.Select(p => p - 'a')],
        Parts = parts,
        OccurredAtMs = times ?? [],
    };

    private static SplitSummary Summary(SplitMethod method, long? validationFrom = null, long? testFrom = null) => new()
    {
        Method = method,
        Reason = "",
        Target = InteractionKind.Purchase,
        Units = 1,
        TrainRows = 0,
        ValidationRows = 0,
        TestRows = 0,
        ContextRows = 0,
        DroppedRows = 0,
        RowsWithoutTime = 0,
        UnitsValidated = 0,
        UnitsTested = 0,
        ValidationFromMs = validationFrom,
        TestFromMs = testFrom,
        RowsWithRevenue = 0,
        RowsAtListPrice = 0,
        RowsWithAssumedMargin = 0,
        MarginRate = 0.3,
        NotApplicable = [],
    };

    private static string Message(Action check) => Assert.Throws<LeakageException>(check).Message;

    [Fact]
    public void A_training_row_behind_a_judged_one_is_named() =>
        Assert.Equal(
            "Unit \"s\", row 3 (product \"c\") is learned from, though it stands behind row 2 of the same unit, which is judged; run the stage clean again, and report a split that comes out so.",
            Message(() => LeakageDetector.CheckParts(Rows("abc", null, SplitPart.Train, SplitPart.Test, SplitPart.Train), Summary(SplitMethod.LeaveOneOut))));

    [Fact]
    public void A_judged_product_in_the_units_training_rows_is_named() =>
        Assert.Contains(
            "row 1 (product \"a\") is learned from, though the same product is judged for the same unit",
            Message(() => LeakageDetector.CheckParts(Rows("aba", null, SplitPart.Train, SplitPart.Train, SplitPart.Test), Summary(SplitMethod.LeaveOneOut))),
            StringComparison.Ordinal);

    [Fact]
    public void A_training_row_at_the_cut_is_named() =>
        Assert.Contains(
            "row 2 (product \"b\") is learned from, though it lies at or behind the cut of the validation part",
            Message(() => LeakageDetector.CheckParts(Rows("ab", [1, 5], SplitPart.Train, SplitPart.Train), Summary(SplitMethod.Time, 5, 9))),
            StringComparison.Ordinal);

    [Fact]
    public void A_test_row_in_the_training_histories_is_named()
    {
        var behaviour = Rows("abc", null, SplitPart.Train, SplitPart.Train, SplitPart.Test);
        LeakageDetector.CheckHistories(behaviour, TrainingHistories.From(behaviour));
        var leaking = new TrainingHistories { Products = Products, Offsets = [0, 3], ProductIndexes = [0, 1, 2] };
        Assert.Equal(
            "Unit \"s\" is learned from with product \"c\" (history row 2), which is no training row of the unit; make histories by TrainingHistories.From.",
            Message(() => LeakageDetector.CheckHistories(behaviour, leaking)));
    }

    [Fact]
    public void Validation_rows_are_learned_from_only_when_asked()
    {
        var behaviour = Rows("abc", null, SplitPart.Train, SplitPart.Validation, SplitPart.Test);
        var with = TrainingHistories.From(behaviour, withValidation: true);
        LeakageDetector.CheckHistories(behaviour, with, withValidation: true);
        Assert.Throws<LeakageException>(() => LeakageDetector.CheckHistories(behaviour, with));
    }

    [Fact]
    public void A_history_that_holds_the_judged_product_or_what_came_later_is_named()
    {
        var behaviour = Rows("abcd", [1, 2, 3, 4], SplitPart.Train, SplitPart.Train, SplitPart.Test, SplitPart.TestContext);
        var cases = JudgedCases.From(behaviour, SplitPart.Test);
        LeakageDetector.CheckCases(behaviour, cases, SplitPart.Test);
        var judged = cases with { HistoryOffsets = [0, 3], HistoryProducts = [0, 1, 2], HistoryOccurredAtMs = [1, 2, 3] };
        Assert.Contains("has the judged product \"c\" in the history", Message(() => LeakageDetector.CheckCases(behaviour, judged, SplitPart.Test)), StringComparison.Ordinal);
        var later = cases with { HistoryOffsets = [0, 3], HistoryProducts = [0, 1, 3], HistoryOccurredAtMs = [1, 2, 4] };
        Assert.Contains("product \"d\" in the history, which came after the judged row", Message(() => LeakageDetector.CheckCases(behaviour, later, SplitPart.Test)), StringComparison.Ordinal);
        var wrong = cases with { TargetProducts = [0] };
        Assert.Contains("is judged by product \"a\", which is no Test row", Message(() => LeakageDetector.CheckCases(behaviour, wrong, SplitPart.Test)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_declared_future_is_no_attribute() =>
        Assert.Equal(
            "Product column stock_later is declared under future, yet read as an attribute; take it out of attributes, a model that sees it knows the test.",
            Message(() => AttributeLeakage.Check(Rows("a", null, SplitPart.Train), [new AttributeColumn("stock_later", [1, 2, 3, 4])], ["stock_later"])));

    [Fact]
    public void The_count_itself_is_refused_under_any_name_and_a_plain_attribute_is_not()
    {
        var table = new ProductTable([.. Enumerable.Range(0, 40).Select(i => $"p{i:00}")]);
        int[] rows = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, i))];
        var behaviour = new Behaviour { Products = table, Units = ["s"], Offsets = [0, rows.Length], ProductIndexes = rows, Parts = [.. rows.Select((_, i) => i % 2 == 0 ? SplitPart.Train : SplitPart.Test)] };
        double[] count = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        double[] width = [.. Enumerable.Range(0, 40).Select(i => (double)(i * 17 % 40))];
        Assert.Empty(AttributeLeakage.Check(behaviour, [new AttributeColumn("width", width)], []));
        Assert.Contains("Product column mystery looks like popularity after the fact", Message(() => AttributeLeakage.Check(behaviour, [new AttributeColumn("mystery", count)], [])), StringComparison.Ordinal);
        Assert.Single(AttributeLeakage.Check(behaviour, [new AttributeColumn("mystery", [.. count.Select((c, i) => i % 8 == 0 ? 40 - c : c)])], []));
    }

    [Fact]
    public void Rank_correlation_agrees_with_a_textbook_case()
    {
        // Spearman 1904 as scipy.stats.spearmanr gives it: ties share their mean rank.
        Assert.Equal(0.8207826816681233, Spearman.Correlation([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 12);
        Assert.True(double.IsNaN(Spearman.Correlation([1, 1], [1, 2])));
    }
}
