namespace Touchstone.Recommendation.ItemToItem;

/// <summary>Options of <c>item-to-item</c>: how weights that were trained elsewhere are used.</summary>
public sealed record ItemToItemOptions
{
    /// <summary>A product n steps back in the history counts (n + 1)^-power; 0 counts all alike.</summary>
    public double HistoryPower { get; init => field = OptionReader.InRange(value, "history_power", 0, 10); }

    /// <summary>How many of the newest products of a history count; 0 for all.</summary>
    public int HistoryLength { get; init => field = OptionReader.InRange(value, "history_length", 0, int.MaxValue); }

    /// <summary>Reads <c>history_power</c> and <c>history_length</c>; other options are the trainer's and are kept as they are.</summary>
    /// <exception cref="OptionException">A value out of range.</exception>
    public static ItemToItemOptions FromOptions(IReadOnlyDictionary<string, string> options)
    {
        var reader = new OptionReader(ItemToItemRecommender.ModelName, options);
        var defaults = new ItemToItemOptions();
        return new ItemToItemOptions
        {
            HistoryPower = reader.Number("history_power", defaults.HistoryPower),
            HistoryLength = reader.Whole("history_length", defaults.HistoryLength),
        };
    }
}
