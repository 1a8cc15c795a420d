using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Stages;

/// <summary>A shop with a catalogue alone: it can be searched, and that is all.</summary>
internal static class NoEvents
{
    /// <summary>Why a stage that needs behaviour cannot run, or null where there is some.</summary>
    public static string? Reason(ShopConfiguration shop) =>
        shop.Events.Count == 0 ? $"{shop.FileName} names no events: nothing shows what shoppers do, so nothing can be learned of them or judged" : null;
}
