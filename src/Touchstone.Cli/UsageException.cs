namespace Touchstone.Cli;

/// <summary>The command asks for what does not exist; the message says what does.</summary>
internal sealed class UsageException(string message) : Exception(message);
