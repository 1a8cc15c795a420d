using System.Globalization;
using CsCheck;
using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Cleaning;

public sealed class CleanerTests : IDisposable
{
    private static readonly DateTime IngestedAt = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    private CleaningAccount Clean(IEnumerable<Interaction> rows, IEnumerable<Product>? products = null, params OptionSet[] rules) =>
        Cleaner.Run(rows, products ?? [], rules, _files.Folder, IngestedAt, null, TestContext.Current.CancellationToken);

    private static Gen<string?> OneOf(params string?[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static RuleAccount Rule(CleaningAccount account, string name) => account.Rules.Single(r => r.Name == name);

    public static TheoryData<string, Interaction> Caught => new()
    {
        { "unreadable-row", Rows.Purchase("s", "p", 1) with { Unreadable = "row=3 fields, expected 8" } },
        { "unreadable-value", Rows.Purchase("s", "p", 1) with { UnitPrice = null, Unreadable = "unit_price=12,50" } },
        { "unreadable-value", Rows.Purchase("s", "p", 1) with { Quantity = 1e20m } },
        { "no-product", Rows.Purchase("s", null, 1) },
        { "no-product", Rows.Purchase("s", "", 1) },
        { "no-shopper", Rows.Purchase(null, "p", 1) },
        { "impossible-time", Rows.Purchase("s", "p", 1) with { OccurredAt = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc) } },
        { "impossible-time", Rows.Purchase("s", "p", 1) with { OccurredAt = IngestedAt.AddHours(1) } },
        { "impossible-time", Rows.Purchase("s", "p", 1) with { ReceivedAt = Rows.Day(-1) } },
        { "returned", Rows.Purchase("s", "p", 1, quantity: -1) },
        { "returned", Rows.Purchase("s", "p", 1) with { Kind = InteractionKind.Return } },
        { "quantity-not-positive", Rows.Purchase("s", "p", 1, quantity: 0) },
        { "price-not-positive", Rows.Purchase("s", "p", 1, price: 0) },
        { "price-not-positive", Rows.Purchase("s", "p", 1, price: -3) },
    };

    [Theory]
    [MemberData(nameof(Caught))]
    public void Each_rule_catches_its_row_and_leaves_the_good_one(string rule, Interaction row)
    {
        var account = Clean([row, Rows.Purchase("t", "p", 2)]);
        Assert.Equal(1, Rule(account, rule).Rows);
        Assert.Equal(1, account.Kept);
        Assert.Equal("orders.csv", Rule(account, rule).Examples[0].Source);
        Assert.Equal(1, Rule(account, rule).Examples[0].Line);
        Assert.Equal(account.RowsIn, account.Kept + account.ProductsOnly + account.Rejected + account.Merged);
    }

    [Fact]
    public void A_value_that_nothing_needs_may_be_unreadable_and_is_counted()
    {
        var account = Clean([Rows.Purchase("s", "p", 1) with { Unreadable = "rating=many" }]);
        Assert.Equal(1, account.Kept);
        Assert.Equal([new NamedCount("rating", 1)], account.UnreadableInKept);
    }

    [Fact]
    public void A_row_written_twice_is_merged_into_the_first_by_source_and_line_whatever_came_first()
    {
        var account = Clean([Rows.Purchase("s", "p", 9), Rows.Purchase("s", "p", 4), Rows.Purchase("s", "q", 5)]);
        Assert.Equal((2L, 1L), (account.Kept, account.Merged));
        Assert.Equal(9, Rule(account, "exact-duplicate").Examples[0].Line);
        Assert.EndsWith("same as orders.csv:4", Rule(account, "exact-duplicate").Examples[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_say_neither_when_nor_in_which_order_are_never_duplicates()
    {
        var row = Rows.View("s", null, "p", 1);
        Assert.Equal(2, Clean([row, row with { Line = 2 }]).Kept);
    }

    [Fact]
    public void A_rule_is_switched_off_and_another_given_its_ids()
    {
        var account = Clean(
            [Rows.Purchase("s", "p", 1), Rows.Purchase("s", "p", 2), Rows.Purchase("s", "POST", 3)],
            null,
            new OptionSet { Name = "exact-duplicate", IsEnabled = false },
            new OptionSet { Name = "not-a-product", Values = new OptionSet { Name = "x" }.Values.Add("ids", "POST\nDOT") });
        Assert.Equal((2L, 0L, 1L), (account.Kept, account.Merged, account.Rejected));
        Assert.False(Rule(account, "exact-duplicate").IsEnabled);
        Assert.Equal(1, Rule(account, "not-a-product").Rows);
    }

    [Fact]
    public void An_unknown_rule_names_the_nearest()
    {
        var error = Assert.Throws<ConfigurationException>(() => Clean([], null, new OptionSet { Name = "exact-duplicat" }));
        Assert.Equal("shop.yaml unknown cleaning rule \"exact-duplicat\"; did you mean \"exact-duplicate\"?", error.Message);
    }

    [Fact]
    public void Products_that_the_catalogue_does_not_name_are_kept_and_listed_or_set_aside_on_request()
    {
        Interaction[] rows = [Rows.Purchase("s", "p", 1), Rows.Purchase("s", "无线/🎧", 2)];
        var kept = Clean(rows, [Rows.Item("p")]);
        Assert.Equal(2, kept.Kept);
        Assert.Equal((1L, 1L), (kept.Products.Unknown, kept.Products.UnknownRows));
        Assert.Equal(["无线/🎧"], kept.Products.UnknownExamples);
        var rejected = Clean(rows, [Rows.Item("p")], new OptionSet { Name = "unknown-product" });
        Assert.Equal(1, Rule(rejected, "unknown-product").Rows);
        Assert.Equal(2, Clean(rows, [], new OptionSet { Name = "unknown-product" }).Kept);
    }

    [Fact]
    public void Catalogue_rows_merge_to_the_first_text_and_the_latest_price()
    {
        var account = Clean([], [
            Rows.Item("p", null, 3m, from: Rows.Day(5), line: 2),
            Rows.Item("p", "first", 2m, from: Rows.Day(1), line: 3),
            Rows.Item("p", "second", null, 1m, line: 4),
            Rows.Item("", "lost", line: 5)]);
        Assert.Equal((4L, 1L, 2L, 1L), (account.Products.RowsIn, account.Products.Kept, account.Products.Merged, account.Products.WithoutId));
        using var database = DuckDatabase.InMemory();
        var row = database.Query($"SELECT title, CAST(price AS VARCHAR), CAST(unit_cost AS VARCHAR) FROM read_parquet({DuckDatabase.Literal(_files["products.parquet"])})")
            .Select(r => (r.Text(0), r.ExactText(1), r.ExactText(2)))
            .Single();
        Assert.Equal(("first", 3m, 1m), row);
    }

    [Fact]
    public void Money_is_exact_and_adds_up_for_random_dirt() =>
        Gen.Select(
            OneOf("s", "t", null, ""),
            OneOf("p", "q", "a/b 🎧", null),
            Gen.Int[-3, 3],
            Gen.Int[-100, 1000],
            Gen.Int[0, 4],
            OneOf(null, "row=bad", "rating=x", "quantity=??"),
            OneOf("a.csv", "b.csv"))
            .List[1, 60]
            .Sample(
                tuples =>
                {
                    Interaction[] rows = [.. tuples.Select((t, i) => Rows.Purchase(t.Item1, t.Item2, i + 1, t.Item5, t.Item3, t.Item4 / 100m) with { Unreadable = t.Item6, Source = t.Item7 ?? "" })];
                    using var files = new ScratchFiles();
                    var account = Cleaner.Run(rows, [], [], files.Folder, IngestedAt, null, CancellationToken.None);
                    Assert.Equal(rows.Length, account.RowsIn);
                    Assert.Equal(account.RowsIn, account.Kept + account.ProductsOnly + account.Rejected + account.Merged);
                    Assert.Equal(account.RowsIn - account.Kept, account.Rules.Sum(r => r.Rows));
                    Assert.Equal(rows.Sum(r => r.Quantity * r.UnitPrice > 0 ? r.Quantity * r.UnitPrice : 0), account.MoneyIn.Positive);
                    Assert.Equal(rows.Sum(r => r.Quantity * r.UnitPrice < 0 ? r.Quantity * r.UnitPrice : 0), account.MoneyIn.Negative);
                    Assert.Equal(account.MoneyIn.Positive, account.MoneyKept.Positive + account.Rules.Sum(r => r.Money.Positive));
                    Assert.Equal(account.MoneyIn.Negative, account.MoneyKept.Negative + account.Rules.Sum(r => r.Money.Negative));
                    Assert.Equal(account.RowsIn, account.Sources.Sum(s => s.Kept + s.ProductsOnly + s.Rejected + s.Merged));
                    Assert.Equal(rows.Count(r => string.IsNullOrEmpty(r.Shopper)), account.RowsWithoutShopper);
                },
                iter: 25);

    [Fact]
    public void The_order_in_which_files_come_does_not_matter()
    {
        Interaction[] first = [.. Enumerable.Range(0, 50).Select(i => Rows.Purchase($"s{i % 7}", $"p{i % 5}", i, i % 3) with { Source = "a.csv" })];
        Interaction[] second = [.. Enumerable.Range(0, 50).Select(i => Rows.Purchase($"s{i % 6}", $"p{i % 4}", i, i % 3) with { Source = "b.csv" })];
        string[] names = ["interactions.parquet", "set_aside.parquet", "account.json"];
        Clean([.. first, .. second]);
        var one = names.Select(n => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_files[n])))).ToArray();
        Clean([.. second, .. first]);
        var other = names.Select(n => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_files[n])))).ToArray();
        Assert.Equal(one, other);
    }

    [Fact]
    public void Cancelling_leaves_the_result_of_the_run_before()
    {
        Clean([Rows.Purchase("s", "p", 1)]);
        var before = File.ReadAllText(_files["account.json"]);
        using var source = new CancellationTokenSource();
        IEnumerable<Interaction> Endless()
        {
            for (var i = 1; ; i++)
            {
                if (i == 100) source.Cancel();
                yield return Rows.Purchase("s", "p", i);
            }
        }

        Assert.Throws<OperationCanceledException>(() => Cleaner.Run(Endless(), [], [], _files.Folder, IngestedAt, null, source.Token));
        Assert.Equal(before, File.ReadAllText(_files["account.json"]));
        Assert.False(Directory.Exists(_files[".cleaning"]));
    }

    [Fact]
    public void The_account_comes_back_from_its_file()
    {
        var account = Clean([Rows.Purchase("s", "p", 1, quantity: 3, price: 0.1m), Rows.Purchase(null, "p", 2)]);
        var loaded = CleaningAccount.Load(_files["account.json"]);
        Assert.Equal(0.55m + 2.25m, loaded.MoneyIn.Positive);
        Assert.Equal(account.Rules.Select(r => (r.Name, r.Rows)), loaded.Rules.Select(r => (r.Name, r.Rows)));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"positive\": {0.3m}"), File.ReadAllText(_files["account.json"]), StringComparison.Ordinal);
    }
}
