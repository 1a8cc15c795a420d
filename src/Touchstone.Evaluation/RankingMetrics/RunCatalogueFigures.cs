using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>What one run shows over all its queries, judged or not: how much of the catalogue, how evenly, how unknown, how different.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Figures">Figures by name, e.g. <c>coverage@10</c>; NaN where not defined.</param>
/// <param name="QueryCount">Queries of the run.</param>
/// <param name="StrangerCount">Shown products that the catalogue does not have: left out.</param>
public sealed record RunCatalogueFigures(string Run, IReadOnlyList<NamedFigure> Figures, int QueryCount, int StrangerCount)
{
    /// <summary>Computes from the first ranks of each query.</summary>
    /// <param name="run">The run.</param>
    /// <param name="shop">The products that could be shown.</param>
    /// <param name="k">Ranks that are shown, from 1.</param>
    /// <param name="shopperCount">All shoppers in training, for novelty; 0 where not known.</param>
    public static RunCatalogueFigures Of(RankingRun run, ShopProducts shop, int k, int shopperCount)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(shop);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var (slates, strangers) = Slates(run, shop.Products, k);
        var shown = new long[shop.Products.Count];
        foreach (var slate in slates)
            foreach (var product in slate) shown[product]++;
        double Mean(Func<int[], double> of) => slates.Select(of).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        List<NamedFigure> figures =
        [
            new($"coverage@{k}", CatalogueMetrics.Coverage(shown)),
            new($"gini@{k}", CatalogueMetrics.Gini(shown)),
            new($"entropy_bits@{k}", CatalogueMetrics.ShannonBits(shown)),
        ];
        if (shop.Buyers is { } buyers)
        {
            var popularity = Mean(slate => CatalogueMetrics.AveragePopularity(slate, buyers));
            figures.Add(new($"popularity@{k}", popularity));
            figures.Add(new($"popularity_lift@{k}", CatalogueMetrics.PopularityLift(popularity, buyers)));
            if (shopperCount > 0) figures.Add(new($"novelty@{k}", Mean(slate => CatalogueMetrics.NoveltyBits(slate, buyers, shopperCount))));
        }

        if (shop.Categories is { } categories) figures.Add(new($"category_diversity@{k}", Mean(slate => CatalogueMetrics.IntraListDifference(slate, categories))));
        return new RunCatalogueFigures(run.Name, figures, run.Rows.Queries.Count, strangers);
    }

    private static (List<int[]> Slates, int Strangers) Slates(RankingRun run, Utf8Ids products, int k)
    {
        var table = new DocumentTable(products);
        table.Clear(products.Count);
        for (var product = 0; product < products.Count; product++) table.AddOrFind(product);
        var (slates, strangers) = (new List<int[]>(), 0);
        for (var query = 0; query < run.Rows.Queries.Count; query++)
        {
            var rows = run.Rows.Rows(query).ToArray();
            double[] scores = [.. rows.Select(row => run.Rows.Values[row])];
            RankOrder.Sort(scores, rows, run.Rows.Documents);
            int[] found = [.. rows.Take(k).Select(row => table.Find(run.Rows.Documents, row))];
            strangers += found.Count(product => product < 0);
            slates.Add([.. found.Where(product => product >= 0)]);
        }

        return (slates, strangers);
    }
}
