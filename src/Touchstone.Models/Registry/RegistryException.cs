namespace Touchstone.Models.Registry;

/// <summary>A registered model that is missing, unknown or not what was registered: the message names it and how to mend it.</summary>
/// <param name="message">What, where, and how to mend.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class RegistryException(string message, Exception? inner = null) : Exception(message, inner);
