namespace Touchstone.Evaluation.Experiments;

/// <summary>The plan names an arm that the data does not have, or there is nothing to compare; the message says what there is.</summary>
/// <param name="message">What is wrong and what there is.</param>
public sealed class ExperimentPlanException(string message) : Exception(message);
