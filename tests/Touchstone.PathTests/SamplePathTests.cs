using System.Text.Json;

namespace Touchstone.PathTests;

/// <summary>Raw file to verdict on the real samples, trimmed where they are long.</summary>
public sealed class SamplePathTests
{
    [Fact]
    public async Task Beauty_goes_from_sequences_and_a_catalogue_to_a_verdict_in_money_and_is_skipped_when_unchanged()
    {
        using var folder = new TemporaryFolder();
        var yaml = Samples.Copy("amazon-beauty", folder, "popularity, item-knn, cooccurrence, vsknn, content", ("data/amazon-seq/Beauty.txt", 2500));

        var first = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml);
        var second = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml);

        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        Assert.Contains("split leave-one-out", first.Output, StringComparison.Ordinal);
        Assert.Matches("(try|hold): ", first.Output);
        var html = File.ReadAllText(folder.File("workspace/report.html"));
        Assert.Contains("margin a year", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"evidence/index.html\">evidence</a>", html, StringComparison.Ordinal);
        Assert.Contains(">Indicators of ", File.ReadAllText(folder.File("workspace/evidence/index.html")), StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", File.ReadAllText(folder.File("workspace/stages/report/report.html")), StringComparison.Ordinal);
        Assert.Equal(10, second.Output.Split("unchanged").Length - 1);
        Assert.Equal(0, second.ExitCode);
    }

    [Fact]
    public async Task Online_retail_accounts_for_every_line_and_for_every_penny()
    {
        using var folder = new TemporaryFolder();
        var yaml = Samples.Copy("online-retail", folder, "popularity, cooccurrence");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using var account = JsonDocument.Parse(File.ReadAllText(folder.File("workspace/stages/clean/account.json")));
        var root = account.RootElement;
        long Count(string name) => root.GetProperty(name).GetInt64();
        Assert.Equal(431_673, Count("rows_in"));
        Assert.Equal(Count("rows_in"), Count("kept") + Count("products_only") + Count("rejected") + Count("merged"));
        Assert.Equal(108_103, Count("rows_without_shopper"));
        // Some prices have three decimals: sums are kept whole and rounded to the penny only to be read.
        var (allPositive, allNegative) = (root.GetProperty("money_in").GetProperty("positive").GetDecimal(), root.GetProperty("money_in").GetProperty("negative").GetDecimal());
        Assert.Equal(8_518_395.53m, Math.Round(allPositive, 2));
        Assert.Equal(-666_071.86m, Math.Round(allNegative, 2));
        var (positive, negative) = (0m, 0m);
        foreach (var part in root.GetProperty("rules").EnumerateArray().Where(rule => rule.GetProperty("outcome").GetString() is "reject" or "merge").Select(rule => rule.GetProperty("money"))
            .Append(root.GetProperty("money_kept")).Append(root.GetProperty("money_products_only")))
        {
            positive += part.GetProperty("positive").GetDecimal();
            negative += part.GetProperty("negative").GetDecimal();
        }

        Assert.Equal(allPositive, positive);
        Assert.Equal(allNegative, negative);
    }

    [Fact]
    public async Task Movielens_runs_without_money_and_says_why()
    {
        using var folder = new TemporaryFolder();
        var yaml = Samples.Copy("movielens-small", folder, "popularity, item-knn, cooccurrence, content");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("no money verdict: the terms of the data forbid commercial or revenue-bearing use", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diginetica_runs_on_views_alone_and_names_what_they_cannot_feed()
    {
        using var folder = new TemporaryFolder();
        var yaml = Samples.Copy("diginetica", folder, "popularity, item-knn, vsknn, content");

        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", yaml);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("content is not applicable: no titles or categories in the catalogue", run.Output, StringComparison.Ordinal);
        Assert.Contains("no money verdict:", run.Output, StringComparison.Ordinal);
    }
}
