using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

/// <summary>Ids that look the same and are not, in every file of the judge: é as one code point, and as e with an accent.</summary>
public sealed class UnicodeFormsTests : IDisposable
{
    private const string One = "caf\u00E9", Two = "cafe\u0301";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Lists_shoppers_queries_and_rankings_of_interleaving_are_told()
    {
        var log = InterleavingFile.Read(Write($"list,query,shopper,rank,team,clicked\n1,{One},{One},1,{One},1\n1,{One},{One},2,{Two},0\n{One},{Two},{Two},1,{One},0\n{Two},q,s,1,{Two},1\n"), null, TestContext.Current.CancellationToken);
        Assert.Equal(["lists", "queries", "shoppers", "rankings"], log.Warnings.Select(Kind));
    }

    [Fact]
    public void Arms_and_levels_of_a_test_are_told() => Assert.Equal(
        ["arms", "levels of town"],
        UpliftFile.Read(Write($"arm,y,town,age\n{One},1,{One},31\n{Two},0,{Two},40\n"), "arm", "y", ["town", "age"], TestContext.Current.CancellationToken).Warnings.Select(Kind));

    [Fact]
    public void Slates_are_told() => Assert.Equal(
        ["slates"],
        SlateLogFile.Read(Write($"slate,position,reward,propensity_slot,target_slot\n{One},1,0,0.5,0.5\n{Two},1,1,0.5,0.5\n"), new Dictionary<string, string>(), TestContext.Current.CancellationToken).Warnings.Select(Kind));

    [Fact]
    public void Queries_and_products_of_a_click_log_are_told() => Assert.Equal(
        ["queries", "products"],
        ClickFile.Read(Write($"query,product,rank,clicked\n{One},a,1,1\n{Two},{One},1,0\nq,{Two},1,0\n"), TestContext.Current.CancellationToken).Warnings.Select(Kind));

    [Fact]
    public void Groups_of_scores_are_told() => Assert.Equal(
        ["groups"],
        ScoreFile.Read(Write($"s,y,p\n{One},1,0.5\n{Two},0,0.5\n"), "y", ["p"], "s", TestContext.Current.CancellationToken).Warnings.Select(Kind));

    [Fact]
    public void Ids_in_one_form_are_not() => Assert.Empty(ClickFile.Read(Write($"query,product,rank,clicked\n{One},红茶,1,1\n{One},红茶,2,1\n"), TestContext.Current.CancellationToken).Warnings);

    public void Dispose() => _folder.Dispose();

    private static string Kind(string warning)
    {
        const string Before = "they are taken as different ", After = ". Write all ids in one form (NFC).";
        Assert.StartsWith($"1 id stands there in several Unicode forms, e.g. \"{One}\": {Before}", warning, StringComparison.Ordinal);
        Assert.EndsWith(After, warning, StringComparison.Ordinal);
        return warning[(warning.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..^After.Length];
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder.In("t.csv"), text);
        return _folder.In("t.csv");
    }
}
