using Touchstone.Domain;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Content;

namespace Touchstone.Tests.Recommendation.Content;

public sealed class ContentContractTests() : TrainedRecommenderContract("content")
{
    private protected override StoredRecommender Fit(TrainingHistories histories, int threads) => ContentRecommender.Fit(histories, new ContentOptions(), CancellationToken.None);
}

public sealed class ContentTests
{
    private static readonly ContentOptions Bare = new() { TitleWeight = 1, BrandWeight = 1, CategoryWeight = 1, MaximumProductRate = 1, HistoryPower = 1, PopularityWeight = 0 };

    [Theory]
    [InlineData("OPI Nail Lacquer, 0.5-Ounce", "opi|nail|lacquer|0|5|ounce")]
    [InlineData("Men's NOËL café", "mens|noël|café")]
    [InlineData("保湿面膜10片装 SK-II", "保湿|湿面|面膜|10|片装|sk|ii")]
    [InlineData("红 tea 茶", "红|tea|茶")]
    [InlineData("Ｗｉｄｅ", "wide")]
    [InlineData("", "")]
    public void Words_are_cut_at_spaces_and_Chinese_in_pairs(string text, string terms)
    {
        List<string> found = [];
        ContentTerms.Of(text, found.Add);
        Assert.Equal(terms, string.Join('|', found));
    }

    [Fact]
    public void The_cosine_is_that_of_tf_idf_vectors()
    {
        // "red" is in 2 of 3 products, "mug", "shirt" and "tie" in one each.
        var scores = Scores(Bare, ["red mug", "red shirt", "tie"], 0);
        var (common, rare) = (Math.Log(3.0 / 2), Math.Log(3.0));
        Assert.Equal(1, scores[0], 1e-6);
        Assert.Equal(common * common / ((common * common) + (rare * rare)), scores[1], 1e-6);
        Assert.Equal(0, scores[2]);
    }

    [Fact]
    public void Newer_products_of_the_history_shape_the_profile_more()
    {
        var scores = Scores(Bare, ["mug", "shirt", "mug", "shirt"], 0, 1);
        Assert.True(scores[3] > scores[2]);
        Assert.Equal(1 / Math.Sqrt(1.25), scores[3], 1e-6);
    }

    [Fact]
    public void Without_any_text_it_says_so() =>
        Assert.Equal("content: no product has a title, brand or category; map their columns in shop.yaml, or leave this model out.", Assert.Throws<TrainingDataException>(() => Scores(Bare, ["", ""], 0)).Message);

    private static float[] Scores(ContentOptions options, string[] titles, params int[] history)
    {
        var histories = TinyShop.Of([history], titles.Length) with
        {
            Products = new ProductTable([.. titles.Select((_, i) => $"p{i}")]) { Titles = titles },
        };
        return TinyShop.Scores(ContentRecommender.Fit(histories, options, CancellationToken.None), history);
    }
}
