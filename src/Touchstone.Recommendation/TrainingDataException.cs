namespace Touchstone.Recommendation;

/// <summary>The data cannot feed this recommender (no rows, no text, …); others may do. The message says what is missing.</summary>
/// <param name="message">What is missing, and how to mend.</param>
public sealed class TrainingDataException(string message) : Exception(message);
