namespace Touchstone.Server.Reload;

/// <summary>The workspace cannot be served from yet; the message says what to do.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
