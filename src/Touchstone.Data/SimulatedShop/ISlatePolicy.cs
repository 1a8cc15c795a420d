namespace Touchstone.Data.SimulatedShop;

/// <summary>What fills the home page's slates in place of the logging policy.</summary>
internal interface ISlatePolicy
{
    /// <summary>Fills a slate.</summary>
    /// <param name="context">Where and when, with the eligible products.</param>
    /// <param name="history">Products bought so far, oldest first.</param>
    /// <param name="occurredAtMs">When.</param>
    /// <param name="random">A stream of the slate's own.</param>
    /// <param name="slate">[position] product indexes, overwritten.</param>
    /// <returns>How many were written.</returns>
    int Fill(SlateContext context, ReadOnlySpan<int> history, ReadOnlySpan<long> occurredAtMs, ref ShopperRandom random, Span<int> slate);
}
