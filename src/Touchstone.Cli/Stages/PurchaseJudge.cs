using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Reports;
using Touchstone.Evaluation.Scores;
using Touchstone.Models.Features;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;
using Touchstone.Recommendation.Content;

namespace Touchstone.Cli.Stages;

/// <summary>Judges the purchase classifier on test rows.</summary>
internal static class PurchaseJudge
{
    private const int RerankedShoppers = 2000, ListLength = 20, CutOff = 10;

    /// <summary>Asks of every judged shopper, and reranks for some.</summary>
    /// <param name="folder">The classifier's folder.</param>
    /// <param name="behaviour">Rows with their parts.</param>
    /// <param name="firstStage">Result of the best first stage on test, in the order of the test cases; null for none.</param>
    /// <param name="context">Seed, threads, progress.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static PurchaseJudgement Judge(string folder, Behaviour behaviour, RankingResult? firstStage, StageContext context, CancellationToken cancellation)
    {
        var cases = JudgedCases.From(behaviour, SplitPart.Test);
        var histories = TrainingHistories.From(behaviour);
        var texts = Enumerable.Range(0, behaviour.Products.Count).Select(i => ProductText.Of(behaviour.Products, i)).ToArray();
        var pairs = new PurchasePairs(behaviour.Products, texts, WordPieceVocabulary.Read(folder));
        using var classifier = PairClassifier.Load(folder, ModelPrecision.Single, context.Shop.Threads);
        var options = new BootstrapOptions { Replicates = 1000, Seed = context.Seed, Threads = context.Shop.Threads };
        var questions = PurchaseQuestions.Of(cases, histories, texts, context.Seed);
        var probabilities = classifier.Score(PriceMeter.Sequences(questions, cases, pairs), new Bar(context, 0.7, 0.85, "purchase-classifier: pairs"), cancellation);
        var popularity = Array.ConvertAll(questions.Products, product => (float)questions.Popularity[product]);
        var content = ContentScores(questions, cases, histories, cancellation);
        var aucs = AucComparison.Compare(
            [("purchase-classifier", probabilities), ("tf-idf", content), ("popularity", popularity)], questions.Labels, questions.Cases, cases.Count, options, cancellation);
        Keep(context, questions, [probabilities, content, popularity]);
        var judgement = new PurchaseJudgement
        {
            Shoppers = questions.Cases.Length / 2,
            Aucs = [.. aucs.Select(auc => new ScorerFigure(auc.Scorer, auc.Auc, auc.FirstAhead))],
        };
        return firstStage is null ? judgement : Rerank(judgement, firstStage, cases, pairs, classifier, context, options, cancellation);
    }

    /// <summary>The page of the classifier's scores as probabilities: half of the pairs were bought, and calibration is judged at that share.</summary>
    private static void Keep(StageContext context, PurchaseQuestions questions, float[][] scores)
    {
        var rows = new ScoredRows
        {
            Names = ["purchase-classifier", "tf-idf", "popularity"],
            Scores = [.. scores.Select(column => Array.ConvertAll(column, score => (double)score))],
            NoProbability = [null, "a likeness", "a count of purchases"],
            Labels = questions.Labels,
            // Two rows a shopper, one after the other.
            Groups = [.. Enumerable.Range(0, questions.Labels.Length).Select(row => row / 2)],
            GroupCount = questions.Labels.Length / 2,
        };
        EvidencePages.Keep(context.Workspace, ScoreReport.Compose(ScoreJudge.Judge(rows), "of the purchase classifier", "shopper"), context.Time);
    }

    private static PurchaseJudgement Rerank(
        PurchaseJudgement judgement, RankingResult first, JudgedCases cases, PurchasePairs pairs, PairClassifier classifier, StageContext context, BootstrapOptions options,
        CancellationToken cancellation)
    {
        var drawn = Enumerable.Range(0, cases.Count).ToArray();
        context.Seed.For("reranked shoppers").NewRandom().Shuffle<int>(drawn);
        drawn = [.. drawn.Take(RerankedShoppers).Order()];
        var lists = drawn.Select(at => first.Slates.AsSpan(at * RankingResult.SlateLength, Math.Min(ListLength, RankingResult.SlateLength)).ToArray().Where(product => product >= 0).ToArray()).ToArray();
        List<TokenSequence> asked = [];
        foreach (var (i, at) in drawn.Index())
            foreach (var product in lists[i]) asked.Add(pairs.Of(cases.HistoryProducts.AsSpan(cases.HistoryOffsets[at]..cases.HistoryOffsets[at + 1]), product));
        var scores = classifier.Score(asked, new Bar(context, 0.85, 1, "purchase-classifier: reranking"), cancellation);
        var (before, after) = (new double[drawn.Length], new double[drawn.Length]);
        var from = 0;
        foreach (var (i, at) in drawn.Index())
        {
            var own = scores.AsSpan(from, lists[i].Length).ToArray();
            from += own.Length;
            // Equal scores keep the first stage's order.
            var reranked = Enumerable.Range(0, own.Length).OrderByDescending(place => own[place]).Select(place => lists[i][place]).ToArray();
            var targets = cases.TargetProducts.AsSpan(cases.TargetOffsets[at]..cases.TargetOffsets[at + 1]);
            (before[i], after[i]) = (Ndcg(lists[i], targets), Ndcg(reranked, targets));
        }

        var sums = PairedBootstrap.Resample([before, after], options, cancellation);
        Estimate Mean(Func<int, double> of, double value) =>
            ReplicateEstimate.Percentile(value / drawn.Length, [.. Enumerable.Range(0, options.Replicates).Select(replicate => of(replicate) / drawn.Length)], options.Level, drawn.Length);
        return judgement with
        {
            FirstStage = first.Model,
            RerankedShoppers = drawn.Length,
            FirstNdcg = Mean(replicate => sums.Replicates[0][replicate], sums.Totals[0]),
            RerankedNdcg = Mean(replicate => sums.Replicates[1][replicate], sums.Totals[1]),
            NdcgDifference = Mean(replicate => sums.Replicates[1][replicate] - sums.Replicates[0][replicate], sums.Totals[1] - sums.Totals[0]),
        };
    }

    private static double Ndcg(int[] list, ReadOnlySpan<int> targets)
    {
        var (gain, ideal) = (0.0, 0.0);
        for (var i = 0; i < Math.Min(CutOff, list.Length); i++)
            if (targets.Contains(list[i])) gain += 1 / Math.Log2(i + 2);
        for (var i = 0; i < Math.Min(CutOff, targets.Length); i++) ideal += 1 / Math.Log2(i + 2);
        return gain / ideal;
    }

    private static float[] ContentScores(PurchaseQuestions questions, JudgedCases cases, TrainingHistories histories, CancellationToken cancellation)
    {
        var content = ContentRecommender.Fit(histories, new ContentOptions { PopularityWeight = 0 }, cancellation);
        var scores = new float[questions.Cases.Length];
        var all = new float[histories.Products.Count];
        var before = -1;
        for (var row = 0; row < scores.Length; row++)
        {
            var at = questions.Cases[row];
            if (at != before)
            {
                cancellation.ThrowIfCancellationRequested();
                content.Score(cases.HistoryProducts.AsSpan(cases.HistoryOffsets[at]..cases.HistoryOffsets[at + 1]), [], all);
                before = at;
            }

            scores[row] = all[questions.Products[row]];
        }

        return scores;
    }

    private sealed class Bar(StageContext context, double from, double to, string doing) : IProgress<double>
    {
        public void Report(double value) => context.Progress.Report(from + ((to - from) * value), doing);
    }
}
