using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Models.Features;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;
using Touchstone.Recommendation.Meaning;

namespace Touchstone.Cli.Stages;

/// <summary>Measures what int8 costs: bytes, latency, and quality on validation rows.</summary>
internal static class PriceMeter
{
    private const int ClassifierCases = 4000;
    private static readonly int[] BatchSizes = [1, 32];

    /// <summary>Of a text encoder: NDCG@10 of next products by its vectors.</summary>
    public static ModelPrice OfEncoder(string folder, Behaviour behaviour, StageContext context, CancellationToken cancellation)
    {
        var texts = Enumerable.Range(0, behaviour.Products.Count).Select(i => ProductText.Of(behaviour.Products, i)).ToArray();
        var timed = texts.Where(text => text.Length > 0).Take(1024).ToArray();
        var histories = TrainingHistories.From(behaviour);
        var cases = JudgedCases.From(behaviour, SplitPart.Validation);
        var protocol = new RankingProtocol { Split = "validation", CutOffs = [10], Seed = context.Seed };
        var latencies = new List<(double, double)>[2];
        var ndcgs = new double[2][];
        foreach (var (i, precision) in ((ModelPrecision[])[ModelPrecision.Single, ModelPrecision.Int8]).Index())
        {
            context.Progress.Report(0.1 + (0.2 * i), $"text-encoder: price of {precision}");
            using var encoder = TextEncoder.Load(folder, precision, context.Shop.Threads);
            latencies[i] = Latencies(size => at => encoder.Encode(Batch(timed, size, at), null, cancellation), cancellation);
            if (cases.Count == 0) continue;
            var vectors = MeaningVectors.Of(behaviour.Products, encoder, cancellation);
            var model = MeaningRecommender.Fit(histories, vectors.Vectors, vectors.Dimension, new MeaningOptions());
            ndcgs[i] = new RankingJudge(context.Time) { Threads = context.Shop.Threads }.Judge(model, cases, protocol, TrainingAudience.From(histories), null, cancellation).Ndcgs[0];
        }

        var difference = cases.Count == 0 ? Unknown : MeanDifference(ndcgs[1], ndcgs[0], context);
        return Price(folder, latencies, "ndcg@10", difference);
    }

    /// <summary>Of a purchase classifier: AUC.</summary>
    public static ModelPrice OfClassifier(string folder, Behaviour behaviour, StageContext context, CancellationToken cancellation)
    {
        var texts = Enumerable.Range(0, behaviour.Products.Count).Select(i => ProductText.Of(behaviour.Products, i)).ToArray();
        var cases = JudgedCases.From(behaviour, SplitPart.Validation);
        var questions = PurchaseQuestions.Of(cases, TrainingHistories.From(behaviour), texts, context.Seed, ClassifierCases);
        var pairs = Sequences(questions, cases, new PurchasePairs(behaviour.Products, texts, WordPieceVocabulary.Read(folder)));
        var timed = pairs.Length > 0 ? pairs : [new PurchasePairs(behaviour.Products, texts, WordPieceVocabulary.Read(folder)).Of([], 0)];
        var latencies = new List<(double, double)>[2];
        var scores = new float[2][];
        foreach (var (i, precision) in ((ModelPrecision[])[ModelPrecision.Single, ModelPrecision.Int8]).Index())
        {
            context.Progress.Report(0.6 + (0.2 * i), $"purchase-classifier: price of {precision}");
            using var classifier = PairClassifier.Load(folder, precision, context.Shop.Threads);
            latencies[i] = Latencies(size => at => classifier.Score(Batch(timed, size, at), null, cancellation), cancellation);
            scores[i] = classifier.Score(pairs, null, cancellation);
        }

        var difference = pairs.Length == 0 ? Unknown : AucComparison.Compare(
            [("int8", scores[1]), ("fp32", scores[0])], questions.Labels, questions.Cases, cases.Count,
            new BootstrapOptions { Replicates = 1000, Seed = context.Seed, Threads = context.Shop.Threads }, cancellation)[1].FirstAhead ?? Unknown;
        return Price(folder, latencies, "auc", difference);
    }

    /// <summary>The pairs of questions, as a classifier reads them.</summary>
    public static TokenSequence[] Sequences(PurchaseQuestions questions, JudgedCases cases, PurchasePairs pairs) =>
    [
        .. questions.Cases.Select((at, row) => pairs.Of(cases.HistoryProducts.AsSpan(cases.HistoryOffsets[at]..cases.HistoryOffsets[at + 1]), questions.Products[row])),
    ];

    private static Estimate Unknown => new() { Value = double.NaN, Low = double.NaN, High = double.NaN, Count = 0 };

    private static Estimate MeanDifference(double[] challenger, double[] champion, StageContext context)
    {
        double[] differences = [.. challenger.Zip(champion, (left, right) => left - right)];
        var sums = PairedBootstrap.Resample([differences], new BootstrapOptions { Replicates = 1000, Seed = context.Seed, Threads = context.Shop.Threads });
        return ReplicateEstimate.Percentile(sums.Totals[0] / differences.Length, [.. sums.Replicates[0].Select(sum => sum / differences.Length)], 0.95, differences.Length);
    }

    private static List<(double, double)> Latencies(Func<int, Action<int>> callOf, CancellationToken cancellation) =>
        [.. BatchSizes.Select(size => LatencyMeter.Of(size == 1 ? 200 : 60, callOf(size), cancellation))];

    private static T[] Batch<T>(T[] all, int size, int at) => [.. Enumerable.Range(0, size).Select(i => all[((at * size) + i) % all.Length])];

    private static ModelPrice Price(string folder, List<(double, double)>[] latencies, string metric, Estimate difference) => new()
    {
        SingleBytes = new FileInfo(Path.Combine(folder, "model.onnx")).Length,
        Int8Bytes = new FileInfo(Path.Combine(folder, "model.int8.onnx")).Length,
        BatchSizes = BatchSizes,
        Single = latencies[0],
        Int8 = latencies[1],
        Metric = metric,
        Difference = difference,
    };
}
