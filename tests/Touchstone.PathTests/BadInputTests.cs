namespace Touchstone.PathTests;

/// <summary>Input that cannot give a verdict: a clear error, or a correct result that says what is missing.</summary>
public sealed class BadInputTests
{
    private const string Purchases = """
        version: 1
        currency: EUR
        events:
          - path: events.csv
            kind: purchase
            columns: {shopper: shopper, product: product, time: time, unit_price: price, quantity: quantity}
        models: [popularity, item-knn]

        """;

    [Fact]
    public Task A_configuration_that_is_not_there() => Fails(null, null, "shop.yaml", "is not there");

    [Fact]
    public Task An_events_file_that_is_not_there() => Fails(Purchases, null, "events.csv", "is not there");

    [Fact]
    public Task An_empty_file() => Fails(Purchases, "", "events.csv", "empty");

    [Fact]
    public Task A_header_without_rows() => Fails(Purchases, "shopper,product,time,price,quantity\n", "events.csv", "no rows");

    [Fact]
    public Task Another_delimiter() => Fails(Purchases.Replace("kind: purchase", "kind: purchase\n    delimiter: \",\"", StringComparison.Ordinal), "shopper;product;time;price;quantity\na;b;2026-01-01;1;1\n", "events.csv", "delimiter");

    [Fact]
    public Task A_column_that_is_not_there() => Fails(Purchases, "shopper,product,time,prices,quantity\na,b,2026-01-01,1,1\n", "price", "did you mean");

    [Fact]
    public Task A_column_twice() => Fails(Purchases, "shopper,product,time,price,price,quantity\na,b,2026-01-01,1,1,1\n", "events.csv", "price");

    [Fact]
    public Task An_unknown_key() => Fails("curency: EUR\n" + Purchases.Replace("currency: EUR\n", "", StringComparison.Ordinal), "", "shop.yaml:1", "did you mean \"currency\"?");

    [Fact]
    public Task An_unknown_model() => Fails(Purchases.Replace("item-knn", "item-knm", StringComparison.Ordinal), "shopper,product,time,price,quantity\na,b,2026-01-01,1,1\na,c,2026-01-02,1,1\na,d,2026-01-03,1,1\n", "item-knm", "item-knn");

    [Fact]
    public Task No_row_that_can_be_learned_from() => Fails(Purchases, "shopper,product,time,price,quantity\n,b,2026-01-01,1,1\n", "nothing to learn from", "cleaning account");

    [Fact]
    public async Task One_shopper_gives_a_result()
    {
        var run = await RunAsync(Purchases, "shopper,product,time,price,quantity\na,b,2026-01-01,1,1\na,c,2026-01-02,2,1\na,d,2026-01-03,3,1\na,e,2026-01-04,3,1\n");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("hold:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_product_says_that_nothing_can_be_judged()
    {
        var run = await RunAsync(Purchases, "shopper,product,time,price,quantity\na,b,2026-01-01,1,1\nc,b,2026-01-02,2,1\nd,b,2026-01-03,3,1\n");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("not applicable: no shopper has a judged product that is new to them", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_writes_a_configuration_that_runs_and_never_replaces_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("orders.csv", "customer_id,sku,ordered_at,price,qty\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"c{i % 6},p{i % 7},2026-01-{(i % 28) + 1:00}T10:00:00Z,{i + 1}.50,1\n")));

        var first = await TouchstoneProcess.RunAsync(folder.Path, "init", folder.Path);
        var second = await TouchstoneProcess.RunAsync(folder.Path, "init", folder.Path);
        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", folder.File("shop.yaml"), "--to", "clean");

        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("stays as it is", second.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [Fact]
    public async Task A_verb_that_does_not_exist_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();

        var run = await TouchstoneProcess.RunAsync(folder.Path, "ran", "shop.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "shop.yaml", "--frm", "train")]
    [InlineData("simulate", "shop", "--sed", "5")]
    [InlineData("simulate", "shop", "--products", "-5")]
    [InlineData("run", "shop.yaml", "--only", "trian")]
    [InlineData("benchmark", "sequences", "--data", "s.txt", "--models", "sasrec")]
    [InlineData("benchmark", "sequences", "--data", "s.txt", "--models", "")]
    public async Task What_the_command_line_gets_wrong_is_a_usage_error_and_nothing_is_written(params string[] command)
    {
        using var folder = new TemporaryFolder();
        folder.Write("shop.yaml", Purchases);
        folder.Write("events.csv", "shopper,product,time,price,quantity\na,b,2026-01-01,1,1\n");
        folder.Write("s.txt", "1 a b c\n2 b c d\n");

        var run = await TouchstoneProcess.RunAsync(folder.Path, command);

        Assert.True(run.ExitCode == 2, run.Output + run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("shop")));
    }

    [Fact]
    public Task A_list_that_is_never_closed() => Fails("models: [popularity\n" + Purchases.Replace("models: [popularity, item-knn]\n", "", StringComparison.Ordinal), "", "shop.yaml", "is not YAML");

    [Fact]
    public Task Lines_in_another_currency_than_the_shop() => Fails(
        Purchases.Replace("quantity: quantity", "quantity: quantity, currency: currency", StringComparison.Ordinal),
        "shopper,product,time,price,quantity,currency\na,b,2026-01-01,1,1,EUR\na,c,2026-01-02,100,1,JPY\n", "EUR, JPY", "currency: EUR");

    [Fact]
    public Task A_rule_that_does_not_exist_is_told_before_any_file_is_read() => Fails(Purchases + "cleaning: {exact-duplicat: false}\n", null, "exact-duplicate");

    [Fact]
    public async Task Sequences_of_which_nobody_can_be_judged()
    {
        using var folder = new TemporaryFolder();
        folder.Write("s.txt", "1 a b\n2 b c\n");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "benchmark", "sequences", "--data", "s.txt", "--models", "popularity");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nobody can be judged", run.Error, StringComparison.Ordinal);
    }

    private static async Task Fails(string? yaml, string? events, params string[] words)
    {
        var run = await RunAsync(yaml, events);

        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        foreach (var word in words) Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static async Task<TouchstoneProcess> RunAsync(string? yaml, string? events)
    {
        using var folder = new TemporaryFolder();
        if (yaml is not null) folder.Write("shop.yaml", yaml);
        if (events is not null) folder.Write("events.csv", events);
        return await TouchstoneProcess.RunAsync(folder.Path, "run", "shop.yaml");
    }
}
