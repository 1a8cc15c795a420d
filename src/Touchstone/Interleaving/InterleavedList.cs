namespace Touchstone.Interleaving;

/// <summary>A list that mixes rankings, as it may be shown, with what is needed to give credit for clicks on it.</summary>
public sealed record InterleavedList
{
    /// <summary>[rank − 1] products shown, distinct.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>[rank − 1] index of the ranking whose product it is (team draft); empty where there are no teams.</summary>
    public IReadOnlyList<int> Teams { get; init; } = [];

    /// <summary>[rank − 1] credit of a click, good for the first ranking where positive; empty where credit does not follow from the rank alone.</summary>
    public IReadOnlyList<double> Credits { get; init; } = [];

    /// <summary>Probability of this list (with these teams), in (0, 1].</summary>
    public required double Probability { get; init; }
}
