namespace Touchstone.Models.Checkpoints;

/// <summary>A stored model that cannot be read or written: the message says which file, what is wrong and how to mend it.</summary>
/// <param name="message">What, where, and how to mend.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);
