namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>A figure under its name in JSON and documents.</summary>
/// <param name="Metric">Name, e.g. <c>ndcg@10</c>.</param>
/// <param name="Value">Value; NaN where it is not defined.</param>
public sealed record NamedFigure(string Metric, double Value);

/// <summary>Per-unit columns of a ratio metric: sum(<paramref name="Numerator"/>) / sum(<paramref name="Denominator"/>).</summary>
/// <param name="Numerator">[unit] what is summed.</param>
/// <param name="Denominator">[unit] what it is divided by.</param>
public sealed record RatioColumns(double[] Numerator, double[] Denominator);
