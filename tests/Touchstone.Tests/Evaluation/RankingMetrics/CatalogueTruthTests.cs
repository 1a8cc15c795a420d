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
}
