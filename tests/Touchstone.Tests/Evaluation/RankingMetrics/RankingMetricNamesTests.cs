using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Tests.Evaluation.RankingMetrics;

public sealed class RankingMetricNamesTests
{
    [Theory]
    [InlineData("ndcg@10", "ndcg@10", "ndcg_cut_10")]
    [InlineData("ndcg_cut_10", "ndcg@10", "ndcg_cut_10")]
    [InlineData("ndcg_cut.10", "ndcg@10", "ndcg_cut_10")]
    [InlineData("NDCG@10", "ndcg@10", "ndcg_cut_10")]
    [InlineData("ndcg_exp@10", "ndcg_exp@10", null)]
    [InlineData("P_5", "P@5", "P_5")]
    [InlineData("recip_rank", "rr", "recip_rank")]
    [InlineData("success_1", "hit@1", "success_1")]
    [InlineData("map_cut_5", "ap@5", "map_cut_5")]
    [InlineData("Rprec_mult_0.20", "rprec_mult_0.20", "Rprec_mult_0.20")]
    [InlineData("iprec_at_recall_0.10", "iprec@0.10", "iprec_at_recall_0.10")]
    [InlineData("err@20", "err_max4@20", null)]
    [InlineData("err_max3@20", "err_max3@20", null)]
    [InlineData("rbp", "rbp_0.8", null)]
    [InlineData("rbp_0.95", "rbp_0.95", null)]
    [InlineData("unj_10", "unjudged@10", "unj_10")]
    public void Both_spellings_name_one_metric(string name, string printed, string? trec)
    {
        var metric = Assert.Single(RankingMetricNames.Parse(name, 4));
        Assert.Equal((printed, trec), (metric.Name, metric.TrecName));
        // The printed name names the same metric again.
        Assert.Equal(printed, Assert.Single(RankingMetricNames.Parse(printed, 4)).Name);
    }

    [Fact]
    public void Families_bare_numbers_and_trecs_default_spread_out_and_nothing_stands_twice()
    {
        Assert.Equal(["P@5", "P@10", "P@20", "map"], RankingMetricNames.Parse("P.5,10,20,map,P_10", 1).Select(metric => metric.Name));
        Assert.Equal(9, RankingMetricNames.Parse("recall", 1).Count);
        Assert.Equal(29, RankingMetricNames.Parse("trec", 1).Count);
    }

    [Theory]
    [InlineData("ndgc@10", "There is no metric \"ndgc@10\". Known: ndcg,")]
    [InlineData("map,P@0", "P@0: a cut-off is a whole number from 1.")]
    [InlineData("P@1.5", "P@1.5: a cut-off is a whole number from 1.")]
    [InlineData("iprec@1.5", "There is no metric \"iprec@1.5\".")]
    [InlineData("rbp_1.0", "There is no metric \"rbp_1.0\".")]
    [InlineData(" , ", "No metric is named.")]
    public void What_is_not_known_is_told(string names, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => RankingMetricNames.Parse(names, 1)).Message, StringComparison.Ordinal);
}
