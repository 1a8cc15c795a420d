namespace Touchstone.Evaluation.Indicators;

/// <summary>An indicator that is a ratio of sums over units.</summary>
/// <param name="Name">Name in the catalogue.</param>
/// <param name="Numerators">[unit].</param>
/// <param name="Denominators">[unit].</param>
internal sealed record UnitRatio(string Name, double[] Numerators, double[] Denominators);
