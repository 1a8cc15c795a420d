namespace Touchstone.Learning;

/// <summary>An option that a trainer does not know or cannot use: the message names the known ones, or the range.</summary>
/// <param name="message">What, and how to mend.</param>
public sealed class TrainingOptionException(string message) : Exception(message);
