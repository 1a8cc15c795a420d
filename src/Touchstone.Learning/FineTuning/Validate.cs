namespace Touchstone.Learning.FineTuning;

/// <summary>Judges probabilities against labels: handed in by the head, so that what trains does not know the judge.</summary>
/// <param name="probabilities">[row] in [0, 1].</param>
/// <param name="labels">[row] what was so.</param>
/// <returns>Figures by name, e.g. <c>auc</c>, <c>precision</c>, <c>recall</c>.</returns>
public delegate IReadOnlyDictionary<string, double> Validate(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> labels);
