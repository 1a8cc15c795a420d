namespace Touchstone.Learning.FineTuning;

/// <summary>Options of the text encoder's fine-tuning: shop.yaml's <c>finetune: text-encoder:</c>.</summary>
public sealed record ContrastiveOptions
{
    /// <summary>Name of the task.</summary>
    public const string TaskName = "text-encoder";

    private static readonly string[] Names = ["tokens", "batch_pairs", "maximum_tokens", "learning_rate", "warm_up", "weight_decay", "dropout", "temperature", "window"];

    /// <summary>Tokens to read in all; 0 = so many epochs as <see cref="AutomaticEpochs"/>, but no more than <see cref="AutomaticTokens"/>.</summary>
    public long Tokens { get; init; }

    /// <summary>Epochs of a training whose length is not stated.</summary>
    public const int AutomaticEpochs = 4;

    /// <summary>Most tokens of a training whose length is not stated.</summary>
    public const long AutomaticTokens = 3_500_000;

    /// <summary>Pairs of a batch: each has all others' second texts as negatives.</summary>
    public int BatchPairs { get; init; } = 128;

    /// <summary>Most tokens of a text, special tokens included.</summary>
    public int MaximumTokens { get; init; } = 48;

    /// <summary>Largest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Share of hidden numbers dropped.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Divides the cosines.</summary>
    public double Temperature { get; init; } = 0.07;

    /// <summary>How many products ahead in a history still count as belonging together.</summary>
    public int Window { get; init; } = 3;

    /// <summary>Reads options as text; those left out have their defaults.</summary>
    /// <exception cref="TrainingOptionException">An unknown name, or a value out of range.</exception>
    public static ContrastiveOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var table = new OptionTable(TaskName, options).Only(Names);
        var defaults = new ContrastiveOptions();
        return new ContrastiveOptions
        {
            Tokens = table.Whole("tokens", defaults.Tokens, 0, 1_000_000_000_000),
            BatchPairs = (int)table.Whole("batch_pairs", defaults.BatchPairs, 2, 16_384),
            MaximumTokens = (int)table.Whole("maximum_tokens", defaults.MaximumTokens, 8, 256),
            LearningRate = table.Number("learning_rate", defaults.LearningRate, 1e-8, 10),
            WarmUp = table.Number("warm_up", defaults.WarmUp, 0, 1),
            WeightDecay = table.Number("weight_decay", defaults.WeightDecay, 0, 1),
            Dropout = table.Number("dropout", defaults.Dropout, 0, 0.9),
            Temperature = table.Number("temperature", defaults.Temperature, 0.001, 10),
            Window = (int)table.Whole("window", defaults.Window, 1, 50),
        };
    }
}
