namespace Touchstone.Recommendation;

/// <summary>An option that a recommender does not know or cannot use: the message names the nearest known one, or the range.</summary>
/// <param name="message">What, and how to mend.</param>
public sealed class OptionException(string message) : Exception(message);
