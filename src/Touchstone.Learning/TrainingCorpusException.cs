namespace Touchstone.Learning;

/// <summary>Data that a training cannot learn from: the message says what is missing and how to mend.</summary>
/// <param name="message">What, and how to mend.</param>
public sealed class TrainingCorpusException(string message) : Exception(message);
