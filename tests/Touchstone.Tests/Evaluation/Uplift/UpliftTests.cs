using CsCheck;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Uplift;

namespace Touchstone.Tests.Evaluation.Uplift;

public sealed class UpliftTests
{
    private static readonly BootstrapOptions Options = new() { Replicates = 200, Seed = new(5) };

    [Fact]
    public void Areas_of_a_small_sample_are_those_by_hand()
    {
        // Scores 4, 3, 2, 1: treated 1, untreated 0, treated 0, untreated 1.
        var (order, isEnd) = UpliftCurve.Sort([4, 3, 2, 1]);
        var areas = UpliftCurve.Areas(order, isEnd, [true, false, true, false], [1, 0, 0, 1], []);
        // φ = ¼: 0 (no untreated yet); ½: ½·(1 − 0); ¾: ¾·(½ − 0); 1: ½ − ½.
        Assert.Equal(0.25 * ((0.0 / 2) + ((0 + 0.5) / 2) + ((0.5 + 0.375) / 2) + ((0.375 + 0) / 2)), areas.Auuc, 12);
        // Qini: ½: (1 − 0·1)/2; ¾: (1 − 0·2)/2; 1: (1 − 1·2/2)/2.
        Assert.Equal(0.25 * ((0.5 / 2) + ((0.5 + 0.5) / 2) + (0.5 / 2)), areas.Qini, 12);
        Assert.Equal(0, areas.Effect, 12);
    }

    [Fact]
    public void One_score_for_all_is_chance_exactly() => Gen.Select(Gen.Double[-1, 1].Array[8], Gen.Shuffle(new[] { true, true, true, true, false, false, false, false })).Sample((outcomes, isTreated) =>
    {
        var (order, isEnd) = UpliftCurve.Sort(new double[8]);
        var areas = UpliftCurve.Areas(order, isEnd, isTreated, outcomes, []);
        Assert.Equal(areas.Effect / 2, areas.Auuc, 12);
        Assert.Equal(0, areas.Qini, 12);
    });

    [Fact]
    public void The_order_of_units_with_equal_scores_does_not_matter() => Gen.Select(Gen.Int[0, 2].Array[10], Gen.Double[-1, 1].Array[10], Gen.Shuffle(Enumerable.Range(0, 10).ToArray())).Sample((scores, outcomes, moved) =>
    {
        bool[] isTreated = [.. Enumerable.Range(0, 10).Select(i => i % 2 == 0)];
        var (order, isEnd) = UpliftCurve.Sort([.. scores.Select(score => (double)score)]);
        var (order2, isEnd2) = UpliftCurve.Sort([.. moved.Select(i => (double)scores[i])]);
        var left = UpliftCurve.Areas(order, isEnd, isTreated, outcomes, []);
        var right = UpliftCurve.Areas(order2, isEnd2, [.. moved.Select(i => isTreated[i])], [.. moved.Select(i => outcomes[i])], []);
        Assert.Equal(left.Auuc, right.Auuc, 12);
        Assert.Equal(left.Qini, right.Qini, 12);
    });

    [Fact]
    public void Known_effects_are_found_and_targeting_beats_contacting_all()
    {
        // Segment a gains 0.4 by contact, b nothing, c loses 0.2; a third each; a contact costs 0.05. c buys most without it.
        var table = World(12_000, 1, (0.4, 0, -0.2));
        var result = UpliftJudge.Judge(table, new ContactTerms(1, 0.05, ""), Options, TestContext.Current.CancellationToken);
        Assert.Equal(("no", "yes"), (result.Control, result.Treatment));
        Assert.InRange(0.2 / 3, result.Effect.Low, result.Effect.High);
        Assert.True(result.Qini.Low > 0 && result.AuucAboveChance.Low > 0);
        var targeting = result.Policies[0];
        Assert.Equal(["by uplift", "all", "none", "likeliest responders"], result.Policies.Select(policy => policy.Name));
        Assert.InRange(targeting.ContactedShare, 0.3, 0.37);
        Assert.InRange(result.JudgedCount, 5_700, 6_300);
        Assert.InRange(targeting.Value.Value, (0.35 / 3) - 0.025, (0.35 / 3) + 0.025);
        Assert.InRange((0.2 / 3) - 0.05, result.Policies[1].Value.Low, result.Policies[1].Value.High);
        Assert.Equal(0, result.Policies[2].Value.Value);
        Assert.True(result.Policies[1].AgainstTargeting is { Low: > 0 });
        Assert.True(result.Policies[3].AgainstTargeting is { Low: > 0 });
        Assert.Equal(targeting.Value.Value, result.Policies[2].AgainstTargeting?.Value);
        Assert.Equal(5, result.Groups.Count);
        Assert.True(result.Groups[0].Observed.Low > 0.2 && result.Groups[^1].Observed.High < 0);
        Assert.Equal(1, result.Curve[^1].Share, 12);
        foreach (var text in new[] { PlainTextRenderer.Render(Report(result)), MarkdownRenderer.Render(Report(result)), HtmlRenderer.Render(Report(result)) })
            Assert.Contains("The order by uplift is better than chance.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_heterogeneity_the_intervals_cover_chance()
    {
        Estimate[] qinis = [.. Enumerable.Range(0, 40).Select(run =>
            UpliftJudge.Judge(World(2_000, (ulong)run + 100, (0.1, 0.1, 0.1)), new ContactTerms(1, 0, ""), Options with { Replicates = 100 }, TestContext.Current.CancellationToken).Qini)];
        Assert.InRange(qinis.Count(qini => qini is { Low: <= 0, High: >= 0 }), 33, 40);
        // An interval that says nothing would cover too: these are as narrow as a thousand judged units let them be.
        Assert.All(qinis, qini => Assert.InRange(qini.High - qini.Low, 0.02, 0.05));
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures_at_any_number_of_threads()
    {
        var table = World(1_500, 3, (0.2, 0, 0));
        UpliftResult Judge(int threads) => UpliftJudge.Judge(table, new ContactTerms(1, 0, ""), Options with { Replicates = 60, Threads = threads }, TestContext.Current.CancellationToken);
        var (one, four) = (Judge(1), Judge(4));
        Assert.Equal(one.Qini, four.Qini);
        Assert.Equal(one.Policies, four.Policies);
    }

    [Fact]
    public void An_arm_too_small_for_its_features_is_refused() => Assert.StartsWith(
        "The arm no has ", Assert.Throws<ArgumentException>(() => UpliftJudge.Judge(World(40, 1, (0, 0, 0)), new ContactTerms(1, 0, ""), Options, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Only_the_half_that_is_learned_from_counts_as_enough_for_the_features()
    {
        // Nine columns need 200 units to learn from; an arm of about 300 leaves about 150.
        var fault = Assert.Throws<ArgumentException>(() => UpliftJudge.Judge(World(600, 1, (0, 0, 0)), new ContactTerms(1, 0, ""), Options, TestContext.Current.CancellationToken)).Message;
        Assert.Matches("^The arm no has 1[0-9]{2} units to learn from, half of its own, for 9 columns of features; give at least twenty a column, or fewer features", fault);
    }

    [Theory]
    [InlineData("arm,y,f\nyes,1,a\nno,NaN,b", "t.csv:3 y \"NaN\" is not a finite number; write it with a decimal point, such as 12.50.")]
    [InlineData("arm,y,f\nyes,1,a\n,1,b", "t.csv:3 has no arm.")]
    [InlineData("arm,y,f\nyes,1,a\nyes,1,b", "t.csv has one arm only in arm, \"yes\"; a test needs two.")]
    [InlineData("arm,y\nyes,1", "t.csv:1 has no column f; it has: arm, y. Name one of them.")]
    public void A_fault_names_its_line_and_the_remedy(string text, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("t.csv"), text);
        var fault = Assert.Throws<SourceException>(() => UpliftFile.Read(folder.In("t.csv"), "arm", "y", ["f"], TestContext.Current.CancellationToken));
        Assert.Equal(message, fault.Message.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_gives_arms_outcomes_and_features_of_both_kinds()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("t.csv"), "arm,y,age,town\nyes,true,31,Rome\nno,false,40.5,Bern\nmail,1,22,Rome\n");
        var table = UpliftFile.Read(folder.In("t.csv"), "arm", "y", ["age", "town"], TestContext.Current.CancellationToken);
        Assert.Equal(["mail", "no", "yes"], table.Arms);
        Assert.Equal([1.0, 0, 1], table.Outcomes);
        Assert.Equal([31, 40.5, 22], table.Features[0].Numbers);
        Assert.Equal(["Bern", "Rome"], table.Features[1].LevelNames);
        var pair = table.Pair(1, 2);
        Assert.Equal(([1, 0], ["no", "yes"]), (pair.Arm, pair.Arms), (a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2.SequenceEqual(b.Item2));
        Assert.Equal([1, 0], pair.Features[1].Levels);
    }

    [Fact]
    public void Hillstroms_test_gives_its_known_means_and_effects()
    {
        string[] features = ["recency", "history", "mens", "womens", "zip_code", "newbie", "channel"];
        var table = UpliftFile.Read(SharedData.Folder("data", "hillstrom-email", "hillstrom.csv"), "segment", "spend", features, TestContext.Current.CancellationToken);
        Assert.Equal(["Mens E-Mail", "No E-Mail", "Womens E-Mail"], table.Arms);
        var result = UpliftJudge.Judge(table.Pair(1, 0), new ContactTerms(0.3, 0.05, "USD"), Options with { Replicates = 100 }, TestContext.Current.CancellationToken);
        Assert.Equal((21_307, 21_306), result.Counts);
        Assert.Equal((1.422617, 0.652789), (Math.Round(result.Means.Treated, 6), Math.Round(result.Means.Untreated, 6)));
        Assert.Equal(0.7698, result.Effect.Value, 4);
        Assert.True(result.Policies[1].Value.Value > 0);
    }

    [Fact]
    public void Hillstroms_visits_after_the_womens_mail_are_better_targeted_by_uplift()
    {
        string[] features = ["recency", "history", "mens", "womens", "zip_code", "newbie", "channel"];
        var table = UpliftFile.Read(SharedData.Folder("data", "hillstrom-email", "hillstrom.csv"), "segment", "visit", features, TestContext.Current.CancellationToken);
        var result = UpliftJudge.Judge(table.Pair(1, 2), new ContactTerms(1, 0.05, "USD"), Options with { Replicates = 100 }, TestContext.Current.CancellationToken);
        Assert.Equal(("No E-Mail", "Womens E-Mail", (21_387, 21_306), 21_275), (result.Control, result.Treatment, result.Counts, result.JudgedCount));
        Assert.Equal(0.045233, result.Effect.Value, 6);
        Assert.Equal((0.007268, 0.007179), (Math.Round(result.Qini.Value, 6), Math.Round(result.AuucAboveChance.Value, 6)));
        var (targeting, all, responders) = (result.Policies[0], result.Policies[1], result.Policies[3]);
        Assert.Equal((0.527944, 0.012704), (Math.Round(targeting.ContactedShare, 6), Math.Round(targeting.Value.Value, 6)));
        Assert.True(targeting.Value.Low > 0 && all.Value.Low < 0 && responders.Value.Low < 0);
        Assert.Equal((0.014862, 0.01093), (Math.Round(all.AgainstTargeting?.Value ?? double.NaN, 6), Math.Round(responders.AgainstTargeting?.Value ?? double.NaN, 6)));
        Assert.True(all.AgainstTargeting?.Low > 0 && responders.AgainstTargeting?.Low > 0);
        Assert.Equal([0.092376, 0.069577, 0.047862, 0.013894, -0.010997], result.Groups.Select(group => Math.Round(group.Predicted, 6)));
    }

    private static ReportDocument Report(UpliftResult result) => UpliftReport.Compose([result], new ContactTerms(1, 0.05, ""), "bought", "t.csv", []);

    // Segments in equal parts with base rates .1, .2, .8; half are contacted at random.
    private static UpliftTable World(int units, ulong seed, (double A, double B, double C) effects)
    {
        var random = new Seed(seed).NewRandom();
        var (arm, outcomes, levels, ages) = (new int[units], new double[units], new int[units], new double[units]);
        for (var i = 0; i < units; i++)
        {
            levels[i] = random.NextInt(3);
            ages[i] = random.NextDouble();
            arm[i] = random.NextInt(2);
            var chance = levels[i] switch { 0 => 0.1, 1 => 0.2, _ => 0.8 } + (arm[i] * (levels[i] switch { 0 => effects.A, 1 => effects.B, _ => effects.C }));
            outcomes[i] = random.NextDouble() < chance ? 1 : 0;
        }

        return new UpliftTable { Arms = ["no", "yes"], Arm = arm, Outcomes = outcomes, Features = [new UnitFeature("segment", [], levels, ["a", "b", "c"]), new UnitFeature("age", ages, [], [])] };
    }
}
