using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class CatalogueTruthTests
{
    [Fact]
    public void Catalogue_metrics_meet_the_known_answers()
    {
        foreach (var known in Truth.Cases("metrics", "catalogue.json"))
        {
            var (input, expected) = (known.GetProperty("input"), known.GetProperty("expected"));
            string[] products = [.. input.GetProperty("catalog").EnumerateArray().Select(product => product.GetString() ?? "")];
            int[] buyers = [.. products.Select(product => input.GetProperty("users_who_bought").GetProperty(product).GetInt32())];
            var units = input.GetProperty("users").GetInt32();
            var slates = input.GetProperty("recommendations").EnumerateObject()
                .Select(user => (user.Name, Slate: user.Value.EnumerateArray().Select(product => Array.IndexOf(products, product.GetString())).ToArray()))
                .ToList();
            var shown = new long[products.Length];
            foreach (var (_, slate) in slates)
                foreach (var product in slate) shown[product]++;

            void Check(string name, double actual) => Truth.Near(Truth.Number(expected.GetProperty(name)), actual, 1e-9, $"{known.GetProperty("id").GetString()} {name}");
            double Mean(Func<int[], double> metric) => slates.Select(slate => metric(slate.Slate)).Where(value => !double.IsNaN(value)).Average();
            Check("coverage", CatalogueMetrics.Coverage(shown));
            Check("gini", CatalogueMetrics.Gini(shown));
            Check("shannon_bits", CatalogueMetrics.ShannonBits(shown));
            Check("average_popularity", Mean(slate => CatalogueMetrics.AveragePopularity(slate, buyers)));
            Check("novelty_bits_plus1", Mean(slate => CatalogueMetrics.NoveltyBits(slate, buyers, units)));
            Check("novelty_bits_skip_unseen", Mean(slate => CatalogueMetrics.NoveltyBitsSkippingUnseen(slate, buyers, units)));
            double Distance(int[] slate) => CatalogueMetrics.IntraListDistance(
                [.. slate.SelectMany(product => input.GetProperty("vectors").GetProperty(products[product]).EnumerateArray().Select(value => (float)value.GetDouble()))], 3);
            Check("ild_cosine_mean", Mean(Distance));
            foreach (var (user, slate) in slates)
                Truth.Near(expected.GetProperty("ild_cosine_per_user").GetProperty(user).GetDouble(), Distance(slate), 1e-9, user);
        }
    }

    [Fact]
    public void A_run_is_judged_by_its_first_ranks_and_strangers_are_counted()
    {
        var (rows, products) = (new QueryDocumentsBuilder<double>(), new Utf8Ids());
        foreach (var product in (string[])["a", "b", "c", "d"]) products.Add(System.Text.Encoding.UTF8.GetBytes(product));
        foreach (var (query, product, score) in ((string, string, double)[])[("q1", "a", 3), ("q1", "b", 2), ("q1", "c", 1), ("q2", "a", 2), ("q2", "x", 1)]) rows.Add(query, product, score);
        var figures = RunCatalogueFigures.Of(new RankingRun("r", rows.Build()), new ShopProducts { Products = products, Buyers = [4, 2, 1, 1], Categories = [0, 1, 1, -1] }, 2, 7);
        double Of(string name) => figures.Figures.Single(figure => figure.Metric == name).Value;

        Assert.Equal((2, 1), (figures.QueryCount, figures.StrangerCount));
        Assert.Equal(0.5, Of("coverage@2"));
        Assert.Equal(3.5, Of("popularity@2"));
        Assert.Equal((3.5 / (22.0 / 8)) - 1, Of("popularity_lift@2"), 1e-12);
        Assert.Equal(0.5, Of("category_diversity@2"));
        Assert.Equal((((-Math.Log2(5 / 8.0)) - Math.Log2(3 / 8.0)) / 2 / 2) - (Math.Log2(5 / 8.0) / 2), Of("novelty@2"), 1e-12);
    }
}
