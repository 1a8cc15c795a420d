namespace Touchstone.Data.Splits;

/// <summary>The split that was asked for cannot be made of these rows.</summary>
/// <param name="message">What is missing and what to do instead.</param>
public sealed class SplitException(string message) : Exception(message);
