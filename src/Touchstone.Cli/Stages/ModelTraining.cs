using System.Diagnostics;
using Touchstone.Domain;
using Touchstone.Learning;
using Touchstone.Learning.Autoencoders;
using Touchstone.Models.Onnx;
using Touchstone.Recommendation;
using Touchstone.Recommendation.Meaning;

namespace Touchstone.Cli.Stages;

/// <summary>All recommenders that this program can train, by name: those that train beside their recommender, and those that need Learning or an encoder.</summary>
internal static class ModelTraining
{
    private const string Ease = "ease", Meaning = MeaningRecommender.ModelName;

    /// <summary>EASE inverts a dense [product, product] matrix: beyond this its memory passes what a small machine has.</summary>
    public const int EaseProductLimit = 30_000;

    /// <summary>Names, simplest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Recommenders.Names, Ease, Meaning];

    /// <summary>Checks a model's options before anything is trained.</summary>
    /// <exception cref="OptionException">An unknown option, or a value out of range.</exception>
    /// <exception cref="TrainingOptionException">The same, of EASE.</exception>
    public static void CheckOptions(string name, IReadOnlyDictionary<string, string> options)
    {
        if (name == Ease) _ = EaseOptions.FromOptions(options);
        else if (name == Meaning) _ = MeaningOptions.FromOptions(options);
        else Recommenders.CheckOptions(name, options);
    }

    /// <summary>Why these histories cannot feed a model, or null.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="histories">Training rows.</param>
    /// <param name="encoder">Encodes the products' texts; null where there is none.</param>
    public static string? NotApplicable(string name, TrainingHistories histories, TextEncoder? encoder = null) => name switch
    {
        Meaning when encoder is null => "there is no text encoder: the stages pretrain and finetune make one of titles and descriptions",
        "content" when histories.Products.Titles.All(title => title.Length == 0) && histories.Products.Categories.All(category => category.Length == 0) =>
            "no titles or categories in the catalogue",
        Ease when histories.Products.Count > EaseProductLimit =>
            $"{histories.Products.Count} products need a dense matrix beyond the limit of {EaseProductLimit}",
        _ => null,
    };

    /// <summary>Trains a model and writes its folder.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="histories">Training rows.</param>
    /// <param name="options">Options as text; those left out have their defaults.</param>
    /// <param name="threads">Threads of LibTorch.</param>
    /// <param name="folder">Where the model is written.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <param name="encoder">Encodes the products' texts; needed by <c>meaning</c>.</param>
    /// <returns>Seconds of training (writing left out) and peak memory in MiB.</returns>
    public static (double Seconds, double PeakMib) TrainInto(
        string name, TrainingHistories histories, IReadOnlyDictionary<string, string> options, int threads, string folder, CancellationToken cancellation,
        TextEncoder? encoder = null)
    {
        GC.Collect();
        PeakMemory.Reset();
        var watch = Stopwatch.StartNew();
        if (name == Ease)
        {
            var weights = EaseTrainer.Fit(histories, EaseOptions.FromOptions(options), threads, cancellation);
            watch.Stop();
            weights.Save(folder);
        }
        else if (name == Meaning)
        {
            var vectors = MeaningVectors.Of(histories.Products, encoder ?? throw new ArgumentNullException(nameof(encoder)), cancellation);
            var model = MeaningRecommender.Fit(histories, vectors.Vectors, vectors.Dimension, MeaningOptions.FromOptions(options));
            watch.Stop();
            model.Save(folder);
        }
        else
        {
            var model = Recommenders.Fit(name, histories, options, cancellation);
            watch.Stop();
            model.Save(folder);
        }

        return (watch.Elapsed.TotalSeconds, PeakMemory.Mib());
    }

    /// <summary>Option sets to choose from on validation, the default first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid(string name) => name switch
    {
        Ease => EaseOptions.Grid,
        Meaning => MeaningOptions.Grid,
        _ => Recommenders.Grid(name),
    };
}
