using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Recommendation;

namespace Touchstone.Tests.Recommendation;

/// <summary>Amazon Beauty, leave-one-out, full ranking with the history removed: figures of the literature, of a second scorer, and no leaks.</summary>
public sealed class BeautyTests
{
    private static readonly Dictionary<string, string> Defaults = [];

    private static string Path => SharedData.Folder("data", "amazon-seq", "Beauty.txt");

    [Theory]
    [InlineData(false, 0.0115, 0.0055)]
    [InlineData(true, 0.0135, 0.0061)]
    public void Popularity_reaches_the_honest_figures_of_the_literature(bool withValidation, double hitRate, double ndcg)
    {
        var behaviour = LeaveOneOutFile.Read(Path);
        var ranks = LeaveOneOutFile.Ranks(Fit("popularity", behaviour, withValidation), JudgedCases.From(behaviour, SplitPart.Test));
        Assert.Equal(22_363, ranks.Length);
        Assert.Equal(hitRate, LeaveOneOutFile.HitRate(ranks), 0.00005);
        Assert.Equal(ndcg, LeaveOneOutFile.Ndcg(ranks), 0.00005);
        var second = new SecondScorer(Path).PopularityRanks(withValidation ? 1 : 2);
        Assert.Equal(second.Order(), ranks.Order());
    }

    [Fact]
    public void The_leaking_count_of_the_literature_is_the_one_that_counts_the_test_item()
    {
        var ranks = new SecondScorer(Path).PopularityRanks(0);
        Assert.Equal(0.0152, LeaveOneOutFile.HitRate(ranks), 0.00005);
        Assert.Equal(0.0068, LeaveOneOutFile.Ndcg(ranks), 0.00005);
    }

    [Theory]
    [InlineData(false, 0.0500)]
    [InlineData(true, 0.0580)]
    public void Cooccurrence_passes_the_bar_and_a_second_scorer_agrees(bool withValidation, double bar)
    {
        const int every = 25;
        var behaviour = LeaveOneOutFile.Read(Path);
        var cases = JudgedCases.From(behaviour, SplitPart.Test);
        var ranks = LeaveOneOutFile.Ranks(Fit("cooccurrence", behaviour, withValidation), cases);
        Assert.True(LeaveOneOutFile.Ndcg(ranks) >= bar, $"NDCG@10 is {LeaveOneOutFile.Ndcg(ranks)}");
        // The second scorer keeps every pair.
        var untrimmed = new Dictionary<string, string> { ["neighbours"] = "1000000" };
        ranks = LeaveOneOutFile.Ranks(Recommenders.Fit("cooccurrence", TrainingHistories.From(behaviour, withValidation), untrimmed, TestContext.Current.CancellationToken), cases);
        var second = new SecondScorer(Path).CooccurrenceRanks(withValidation ? 1 : 2, every, distancePower: 0.5, backward: 0.25, sourcePower: 0.5, targetPower: 0.25, shrinkage: 20, historyPower: 1.1, popularityWeight: 0.01);
        // The file's users are in another order than the units, which are ordered by id.
        var lineOf = File.ReadLines(Path).Select((line, at) => (line.Split(' ')[0], at)).ToDictionary(pair => pair.Item1, pair => pair.at);
        var (equal, sampled) = (0, new List<int>());
        for (var unit = 0; unit < ranks.Length; unit++)
        {
            var line = lineOf[cases.Units[unit]];
            if (line % every != 0) continue;
            sampled.Add(ranks[unit]);
            if (second[line / every] == ranks[unit] || (second[line / every] > 100 && ranks[unit] > 100)) equal++;
        }

        // Floats order a few products differently than doubles do; far away they are not compared.
        Assert.True(equal >= 0.995 * sampled.Count, $"{equal} of {sampled.Count} ranks are equal");
        Assert.Equal(LeaveOneOutFile.Ndcg(second), LeaveOneOutFile.Ndcg(sampled), 0.00005);
    }

    [Theory]
    [InlineData("popularity")]
    [InlineData("item-knn")]
    [InlineData("cooccurrence")]
    [InlineData("vsknn")]
    public void Other_test_and_validation_rows_give_the_same_model_to_the_last_byte(string name)
    {
        var behaviour = LeaveOneOutFile.Read(Path);
        var random = new Seed(1).NewRandom();
        var other = behaviour with
        {
            ProductIndexes = [.. behaviour.ProductIndexes.Select((product, row) => behaviour.Parts[row] == SplitPart.Train ? product : random.NextInt(behaviour.Products.Count))],
        };
        using var folder = new TemporaryFolder();
        Fit(name, behaviour, false).Save(folder.In("true"));
        Fit(name, other, false).Save(folder.In("false"));
        foreach (var file in new[] { ModelFolder.ConfigFile, ModelFolder.ProductsFile, ModelFolder.TensorsFile })
            Assert.Equal(File.ReadAllBytes(folder.In("true", file)), File.ReadAllBytes(folder.In("false", file)));
    }

    private static StoredRecommender Fit(string name, Behaviour behaviour, bool withValidation) =>
        Recommenders.Fit(name, TrainingHistories.From(behaviour, withValidation), Defaults, TestContext.Current.CancellationToken);
}
