namespace Touchstone.Evaluation.Value;

/// <summary>Where a figure of the chain comes from.</summary>
public enum FigureOrigin
{
    /// <summary>Counted in the shop's data.</summary>
    Counted,

    /// <summary>Assumed: change it in shop.yaml.</summary>
    Assumed,

    /// <summary>Follows from the figures before it.</summary>
    Derived,
}

/// <summary>One step from a difference per purchase to money.</summary>
/// <param name="Name">What it is, e.g. <c>purchases a shopper a year</c>.</param>
/// <param name="Value">Point figure in <paramref name="Unit"/>.</param>
/// <param name="Low">Lower end of its interval; NaN where it has none.</param>
/// <param name="High">Upper end of its interval; NaN where it has none.</param>
/// <param name="Unit">Unit, e.g. <c>GBP a judged purchase</c>.</param>
/// <param name="Origin">Counted, assumed or derived.</param>
public sealed record MoneyStep(string Name, double Value, double Low, double High, string Unit, FigureOrigin Origin);

/// <summary>One bar on the way from the gain to the money: it adds to, or takes from, the bars before it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Amount">Money a year; negative where it is taken away.</param>
/// <param name="IsTotal">Whether it is the sum of the bars before it.</param>
public sealed record MoneyBar(string Name, double Amount, bool IsTotal);
