using System.Globalization;

namespace Touchstone.Learning.Autoencoders;

/// <summary>Options of EASE.</summary>
public sealed record EaseOptions
{
    private const string LambdaName = "lambda", PrecisionName = "precision", NeighboursName = "neighbours", ThresholdName = "threshold",
        RepeatsName = "repeats", HistoryPowerName = "history_power", HistoryLengthName = "history_length";

    private static readonly string[] Known = [LambdaName, PrecisionName, NeighboursName, ThresholdName, RepeatsName, HistoryPowerName, HistoryLengthName];

    /// <summary>Option sets to choose from on validation, the default first.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Grid { get; } =
    [
        new EaseOptions().ToOptions(),
        .. new double[] { 25, 50, 250, 500 }.Select(lambda => new EaseOptions { Lambda = lambda }.ToOptions()),
        new EaseOptions { HistoryPower = 0 }.ToOptions(),
        new EaseOptions { HistoryPower = 0, Lambda = 500 }.ToOptions(),
    ];

    /// <summary>Ridge penalty on the diagonal of the Gram matrix, in co-occurrences; above 0.</summary>
    public double Lambda
    {
        get;
        init => field = double.IsFinite(value) && value > 0 ? value : throw OutOfRange(LambdaName, value, "above 0");
    } = 100;

    /// <summary>Whether Gram matrix and inverse are of double precision: twice the memory and time, for checks and very small penalties. Weights are kept as singles either way.</summary>
    public bool IsDoublePrecision { get; init; }

    /// <summary>How many weights a product keeps, the largest by absolute value; 0 for all.</summary>
    public int Neighbours
    {
        get;
        init => field = value >= 0 ? value : throw OutOfRange(NeighboursName, value, "at least 0");
    } = 200;

    /// <summary>Weights whose absolute value is below this are dropped; at least 0.</summary>
    public double Threshold
    {
        get;
        init => field = double.IsFinite(value) && value >= 0 ? value : throw OutOfRange(ThresholdName, value, "at least 0");
    }

    /// <summary>Whether a product that a unit had twice counts twice; else once.</summary>
    public bool CountsRepeats { get; init; }

    /// <summary>In serving, a product n steps back in the history counts (n + 1)^-power; 0, as the paper has it, counts all alike.</summary>
    public double HistoryPower
    {
        get;
        init => field = value is >= 0 and <= 10 ? value : throw OutOfRange(HistoryPowerName, value, "between 0 and 10");
    } = 1;

    /// <summary>In serving, how many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength
    {
        get;
        init => field = value >= 0 ? value : throw OutOfRange(HistoryLengthName, value, "at least 0");
    }

    /// <summary>Reads options as text; those left out have their defaults.</summary>
    /// <exception cref="TrainingOptionException">An unknown name, or a value out of range.</exception>
    public static EaseOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var name in options.Keys.Order(StringComparer.Ordinal))
            if (!Known.Contains(name)) throw new TrainingOptionException($"ease has no option \"{name}\"; known: {string.Join(", ", Known.Order(StringComparer.Ordinal))}.");
        var defaults = new EaseOptions();
        return new EaseOptions
        {
            Lambda = Number(options, LambdaName, defaults.Lambda),
            IsDoublePrecision = Choice(options, PrecisionName, defaults.IsDoublePrecision, ("float32", false), ("float64", true)),
            Neighbours = Whole(options, NeighboursName, defaults.Neighbours),
            Threshold = Number(options, ThresholdName, defaults.Threshold),
            CountsRepeats = Choice(options, RepeatsName, defaults.CountsRepeats, ("once", false), ("count", true)),
            HistoryPower = Number(options, HistoryPowerName, defaults.HistoryPower),
            HistoryLength = Whole(options, HistoryLengthName, defaults.HistoryLength),
        };
    }

    /// <summary>As text that reads back to the same options.</summary>
    public IReadOnlyDictionary<string, string> ToOptions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [LambdaName] = Lambda.ToString("R", CultureInfo.InvariantCulture),
        [PrecisionName] = IsDoublePrecision ? "float64" : "float32",
        [NeighboursName] = Neighbours.ToString(CultureInfo.InvariantCulture),
        [ThresholdName] = Threshold.ToString("R", CultureInfo.InvariantCulture),
        [RepeatsName] = CountsRepeats ? "count" : "once",
        [HistoryPowerName] = HistoryPower.ToString("R", CultureInfo.InvariantCulture),
        [HistoryLengthName] = HistoryLength.ToString(CultureInfo.InvariantCulture),
    };

    private static double Number(IReadOnlyDictionary<string, string> options, string name, double otherwise) =>
        !options.TryGetValue(name, out var text) ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new TrainingOptionException($"ease: {name} \"{text}\" is not a number; write for example 250.");

    private static int Whole(IReadOnlyDictionary<string, string> options, string name, int otherwise) =>
        !options.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw new TrainingOptionException($"ease: {name} \"{text}\" is not a whole number; write for example 200.");

    private static T Choice<T>(IReadOnlyDictionary<string, string> options, string name, T otherwise, params (string Word, T Value)[] choices)
    {
        if (!options.TryGetValue(name, out var text)) return otherwise;
        foreach (var (word, value) in choices)
            if (word == text) return value;
        throw new TrainingOptionException($"ease: {name} \"{text}\" is unknown; write one of {string.Join(", ", choices.Select(choice => choice.Word))}.");
    }

    private static TrainingOptionException OutOfRange(string name, double value, string expected) =>
        new($"ease: {name} = {value.ToString("R", CultureInfo.InvariantCulture)}; expected {expected}.");
}
