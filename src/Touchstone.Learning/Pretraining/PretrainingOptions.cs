using Touchstone.Models.Checkpoints;

namespace Touchstone.Learning.Pretraining;

/// <summary>Options of the pretraining: shop.yaml's <c>pretrain:</c>.</summary>
public sealed record PretrainingOptions
{
    /// <summary>Name of the section, as errors show it.</summary>
    public const string SectionName = "pretrain";

    private static readonly string[] Names =
    [
        "from", "vocabulary", "layers", "hidden", "maximum_tokens", "tokens", "batch_tokens", "learning_rate", "warm_up", "weight_decay", "dropout", "mask_rate",
        "held_out",
    ];

    /// <summary>Hugging Face folder whose weights and vocabulary are trained on; empty = from scratch.</summary>
    public string From { get; init; } = "";

    /// <summary>Tokens of a new vocabulary.</summary>
    public int VocabularySize { get; init; } = 8000;

    /// <summary>Layers of a new network.</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary>Width of a new network; a multiple of 64.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Most tokens of one product's text; a pair has twice as many.</summary>
    public int MaximumTokens { get; init; } = 48;

    /// <summary>Tokens to read in all, the length of the training; 0 = so many epochs as <see cref="AutomaticEpochs"/>, but no more than <see cref="AutomaticTokens"/>.</summary>
    public long Tokens { get; init; }

    /// <summary>Epochs of a training whose length is not stated.</summary>
    public const int AutomaticEpochs = 4;

    /// <summary>Most tokens of a training whose length is not stated: a few minutes on two cores.</summary>
    public const long AutomaticTokens = 4_000_000;

    /// <summary>Most positions of a batch, padding included.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>Largest learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Share of hidden numbers dropped, in [0, 1).</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Share of tokens to guess.</summary>
    public double MaskRate { get; init; } = 0.15;

    /// <summary>Share of products whose texts are kept from training and vocabulary, to measure the loss on.</summary>
    public double HeldOutRate { get; init; } = 0.05;

    /// <summary>Reads options as text; those left out have their defaults.</summary>
    /// <exception cref="TrainingOptionException">An unknown name, or a value out of range.</exception>
    public static PretrainingOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var table = new OptionTable(SectionName, options).Only(Names);
        var defaults = new PretrainingOptions();
        var hidden = (int)table.Whole("hidden", defaults.HiddenSize, 64, 1024);
        if (hidden % 64 != 0) throw new TrainingOptionException($"{SectionName}: hidden = {hidden}; expected a multiple of 64.");
        return new PretrainingOptions
        {
            From = table.Text("from", defaults.From),
            VocabularySize = (int)table.Whole("vocabulary", defaults.VocabularySize, 100, 200_000),
            LayerCount = (int)table.Whole("layers", defaults.LayerCount, 1, 24),
            HiddenSize = hidden,
            MaximumTokens = (int)table.Whole("maximum_tokens", defaults.MaximumTokens, 8, 256),
            Tokens = table.Whole("tokens", defaults.Tokens, 0, 1_000_000_000_000),
            BatchTokens = (int)table.Whole("batch_tokens", defaults.BatchTokens, 64, 1_000_000),
            LearningRate = table.Number("learning_rate", defaults.LearningRate, 1e-8, 10),
            WarmUp = table.Number("warm_up", defaults.WarmUp, 0, 1),
            WeightDecay = table.Number("weight_decay", defaults.WeightDecay, 0, 1),
            Dropout = table.Number("dropout", defaults.Dropout, 0, 0.9),
            MaskRate = table.Number("mask_rate", defaults.MaskRate, 0.01, 0.9),
            HeldOutRate = table.Number("held_out", defaults.HeldOutRate, 0.001, 0.5),
        };
    }

    /// <summary>Shape of a new network.</summary>
    internal BertConfiguration NewNetwork(int vocabularySize) => new()
    {
        VocabularySize = vocabularySize,
        HiddenSize = HiddenSize,
        LayerCount = LayerCount,
        HeadCount = HiddenSize / 64,
        IntermediateSize = HiddenSize * 4,
        MaximumPositions = Math.Max(128, 2 * MaximumTokens),
        Dropout = Dropout,
    };
}
