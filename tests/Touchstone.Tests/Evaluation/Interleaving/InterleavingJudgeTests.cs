using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Interleaving;
using Touchstone.Evaluation.Reports;
using Touchstone.Interleaving;

namespace Touchstone.Tests.Evaluation.Interleaving;

public sealed class InterleavingJudgeTests
{
    [Fact]
    public void A_log_gives_wins_preference_and_queries()
    {
        using var folder = new TemporaryFolder();
        var result = InterleavingJudge.Judge(InterleavingFile.Read(Write(folder, """
            list,query,shopper,rank,product,team,clicked
            l1,shoes,s1,1,a,old,0
            l1,shoes,s1,2,b,new,1
            l2,shoes,s2,2,a,old,0
            l2,shoes,s2,1,b,new,2
            l3,hats,s3,1,x,old,1
            l3,hats,s3,2,y,new,1
            l4,hats,s3,1,x,old,0
            l4,hats,s3,2,y,new,0
            l5,hats,s3,1,x,old,1
            """), null, TestContext.Current.CancellationToken));
        Assert.Equal(["new", "old"], result.Rankings);
        Assert.Equal((5, 4, 3), (result.ListCount, result.ClickedListCount, result.UnitCount));
        var pair = Assert.Single(result.Pairs);
        Assert.Equal((2, 1, 1), (pair.Wins, pair.Losses, pair.Ties));
        Assert.Equal((2 + 0.5) / 4 - 0.5, pair.Preference.Value, 12);
        // Units s1: 1, s2: 1, s3: ½ and 0, about a mean of .625: residuals .375, .375, -.75.
        Assert.Equal(Math.Sqrt(1.5 * (0.140625 + 0.140625 + 0.5625)) / 4, pair.Preference.StandardError, 12);
        Assert.Equal(["hats", "shoes"], result.Queries.Select(query => query.Query));
        Assert.Equal((3, 0, 1, 1), (result.Queries[0].Lists, result.Queries[0].Wins, result.Queries[0].Losses, result.Queries[0].Ties));
        foreach (var text in new[] { PlainTextRenderer.Render(InterleavingReport.Compose(result, "l")), MarkdownRenderer.Render(InterleavingReport.Compose(result, "l")), HtmlRenderer.Render(InterleavingReport.Compose(result, "l")) })
            Assert.Contains("No preference between new and old can be told", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_better_ranking_wins_by_every_method_and_an_equal_one_rarely()
    {
        // One product of six is wanted; the first ranking has it second, the other fourth, the third as the first.
        string[] better = ["a", "w", "b", "c", "d", "e"], worse = ["b", "c", "d", "w", "a", "e"];
        foreach (var method in Enum.GetValues<InterleavingMethod>())
        {
            Assert.True(Judged(method, better, worse, 1).Pairs[0].Preference.Low > 0, method.ToString());
            Assert.True(Judged(method, worse, better, 2).Pairs[0].Preference.High < 0, method.ToString());
        }

        var alarms = Enumerable.Range(0, 400).Count(run => Judged(InterleavingMethod.TeamDraft, better, better, (ulong)run, 100).Pairs[0].Preference is { Low: > 0 } or { High: < 0 });
        Assert.InRange(alarms, 6, 36); // 5 % of 400 is 20; three standard deviations are 13.
    }

    [Fact]
    public void Power_agrees_with_the_sign_tests_own_chance()
    {
        // 783 decided lists see a share of .55 with power 80 % by the normal formula; the exact test is near it.
        Assert.InRange(SignTest.Power(783, 0.55), 0.78, 0.82);
        Assert.InRange(SignTest.Power(500, 0.5), 0.03, 0.05);
        Assert.Equal(0, SignTest.Power(5, 0.5), 12);
        Assert.Equal(1 / 64.0 * 2, SignTest.Power(6, 0.5, 0.05), 12);
    }

    [Fact]
    public void Shares_have_the_exact_interval()
    {
        var (share, low, high) = SignTest.Share(8, 2);
        Assert.Equal(0.8, share, 12);
        Assert.Equal(0.4439045376923585, low, 12);
        Assert.Equal(0.9747892736731654, high, 12);
        Assert.Equal((0.0, 0.0), (SignTest.Share(0, 5).Share, SignTest.Share(0, 5).Low));
        Assert.Equal(1, SignTest.Share(5, 0).High);
    }

    [Fact]
    public void Three_teams_are_compared_in_pairs_and_corrected_for_their_number()
    {
        string[][] rankings = [["w", "a", "b", "c"], ["a", "b", "w", "c"], ["a", "b", "c", "d"]];
        var random = new Seed(9).NewRandom();
        using var folder = new TemporaryFolder();
        var lines = new List<string> { "list,rank,product,team,clicked" };
        for (var i = 0; i < 600; i++)
        {
            var list = TeamDraftMultileaving.Draw(rankings, 3, random);
            lines.AddRange(list.Products.Select((product, at) => $"{i},{at + 1},{product},{"ABC"[list.Teams[at]]},{(random.NextDouble() < (product == "w" ? 0.7 : 0.1) ? 1 : 0)}"));
        }

        var result = InterleavingJudge.Judge(InterleavingFile.Read(Write(folder, string.Join('\n', lines)), null, TestContext.Current.CancellationToken));
        Assert.Equal([("A", "B"), ("A", "C"), ("B", "C")], result.Pairs.Select(pair => (pair.First, pair.Second)));
        Assert.True(result.Pairs[0].Preference.Low > 0 && result.Pairs[1].Preference.Low > 0);
        Assert.All(result.Pairs, pair => Assert.InRange(pair.AdjustedP, pair.SignTestP, 3 * pair.SignTestP));
        Assert.Empty(result.Queries);
        Assert.Empty(result.Warnings);
        Assert.Equal("list", result.UnitName);
    }

    [Fact]
    public void An_unfair_lot_is_told()
    {
        var log = new InterleavingLog
        {
            Method = InterleavingMethod.TeamDraft,
            Rankings = ["A", "B"],
            Impressions = [.. Enumerable.Range(0, 100).Select(i => $"{i}")],
            Queries = [.. Enumerable.Repeat("", 100)],
            Offsets = [.. Enumerable.Range(0, 101)],
            IsClicked = [.. Enumerable.Repeat(true, 100)],
            Teams = [.. Enumerable.Range(0, 100).Select(i => i < 80 ? 0 : 1)],
        };
        Assert.StartsWith("A stands first in 80 lists and B in 20 (p = 1.1e-9): the lot was not fair", Assert.Single(InterleavingJudge.Judge(log).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list,rank,clicked,team\nl1,1,1,A\nl1,3,0,B", "log.csv:3 list \"l1\" has rank 3 where 2 is expected; log every product shown, each rank once.")]
    [InlineData("list,rank,clicked,team\nl1,1,-1,A", "log.csv:2 clicked is -1; write 0 or 1, or a number of clicks.")]
    [InlineData("list,rank,clicked,team\nl1,1,NaN,A", "log.csv:2 clicked \"NaN\" is not a finite number; write it with a decimal point, such as 12.50.")]
    [InlineData("list,rank,clicked,team\nl1,1,1,", "log.csv:2 has no team.")]
    [InlineData("list,rank,clicked,team\nl1,1,1,A\nl1,2,1,A", "log.csv names one team only, \"A\": a preference needs two.")]
    [InlineData("list,rank,clicked\nl1,1,1", "log.csv:1 lacks the column that says whose a click is: team (team draft), or credit (probabilistic, optimised), or rank_a and rank_b (balanced); it has: list, rank, clicked.")]
    [InlineData("list,rank,clicked,rank_a,rank_b\nl1,1,1,,", "log.csv:2 has neither rank_a nor rank_b; a product shown stands in one of the rankings.")]
    [InlineData("list,clicked,team\nl1,1,A", "log.csv:1 has no column rank; it has: list, clicked, team. Write one row a product shown: list,query,shopper,rank,product,team,clicked.")]
    [InlineData("list,shopper,rank,clicked,team\nl1,s,1,1,A\nl1,t,2,1,B", "log.csv:3 list \"l1\" has another query or shopper than in its first row; a list is shown once, to one shopper.")]
    public void A_fault_names_its_line_and_the_remedy(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<SourceException>(() => InterleavingFile.Read(Write(folder, text), null, TestContext.Current.CancellationToken));
        Assert.Equal(message, fault.Message.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    private static string Write(TemporaryFolder folder, string text)
    {
        var path = Path.Combine(folder.Path, "log.csv");
        File.WriteAllText(path, text);
        return path;
    }

    // Shoppers look down the list and click w where it stands, each place being looked at with a falling chance.
    private static InterleavingResult Judged(InterleavingMethod method, string[] a, string[] b, ulong seed, int lists = 1500)
    {
        var random = new Seed(seed).NewRandom();
        List<bool> clicks = [];
        List<int> teams = [], firstRanks = [], secondRanks = [], offsets = [0];
        List<double> credits = [];
        for (var i = 0; i < lists; i++)
        {
            var list = method switch
            {
                InterleavingMethod.TeamDraft => TeamDraft.Draw(a, b, 4, random),
                InterleavingMethod.Balanced => Balanced.Draw(a, b, 4, random),
                _ => Probabilistic.Draw(a, b, 4, random),
            };
            foreach (var (rank, product) in list.Products.Index())
            {
                clicks.Add(random.NextDouble() < (product == "w" ? 0.6 : 0.1) / (1 + (rank * 0.3)));
                if (list.Teams.Count > 0) teams.Add(list.Teams[rank]);
                if (list.Credits.Count > 0) credits.Add(list.Credits[rank]);
                firstRanks.Add(Array.IndexOf(a, product) + 1);
                secondRanks.Add(Array.IndexOf(b, product) + 1);
            }

            offsets.Add(clicks.Count);
        }

        return InterleavingJudge.Judge(new InterleavingLog
        {
            Method = method,
            Rankings = ["A", "B"],
            Impressions = [.. Enumerable.Range(0, lists).Select(i => $"{i}")],
            Queries = [.. Enumerable.Repeat("", lists)],
            Offsets = [.. offsets],
            IsClicked = [.. clicks],
            Teams = [.. teams],
            FirstRanks = [.. firstRanks],
            SecondRanks = [.. secondRanks],
            Credits = [.. credits],
        });
    }
}
