namespace Touchstone.Learning.FineTuning;

/// <summary>Options of the purchase classifier's fine-tuning: shop.yaml's <c>finetune: purchase-classifier:</c>.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Name of the task.</summary>
    public const string TaskName = "purchase-classifier";

    private static readonly string[] Names = ["tokens", "batch_tokens", "learning_rate", "warm_up", "dropout", "held_out"];

    /// <summary>Tokens to read in all; 0 = so many epochs as <see cref="AutomaticEpochs"/>, but no more than <see cref="AutomaticTokens"/>.</summary>
    public long Tokens { get; init; }

    /// <summary>Epochs of a training whose length is not stated.</summary>
    public const int AutomaticEpochs = 4;

    /// <summary>Most tokens of a training whose length is not stated.</summary>
    public const long AutomaticTokens = 4_000_000;

    /// <summary>Most positions of a batch, padding included.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Largest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Share of hidden numbers dropped.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Share of shoppers whose rows are kept from training, to validate on.</summary>
    public double HeldOutRate { get; init; } = 0.03;

    /// <summary>Reads options as text; those left out have their defaults.</summary>
    /// <exception cref="TrainingOptionException">An unknown name, or a value out of range.</exception>
    public static ClassifierOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var table = new OptionTable(TaskName, options).Only(Names);
        var defaults = new ClassifierOptions();
        return new ClassifierOptions
        {
            Tokens = table.Whole("tokens", defaults.Tokens, 0, 1_000_000_000_000),
            BatchTokens = (int)table.Whole("batch_tokens", defaults.BatchTokens, 256, 1_000_000),
            LearningRate = table.Number("learning_rate", defaults.LearningRate, 1e-8, 10),
            WarmUp = table.Number("warm_up", defaults.WarmUp, 0, 1),
            Dropout = table.Number("dropout", defaults.Dropout, 0, 0.9),
            HeldOutRate = table.Number("held_out", defaults.HeldOutRate, 0.001, 0.5),
        };
    }
}
