namespace Touchstone.Data.Splits;

/// <summary>Something that is learned from knows what it is judged by. No figure may be made of it.</summary>
/// <param name="message">Which rows or columns, and the remedy.</param>
public sealed class LeakageException(string message) : Exception(message);
