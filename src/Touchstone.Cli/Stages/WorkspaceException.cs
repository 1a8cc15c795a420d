namespace Touchstone.Cli.Stages;

/// <summary>The workspace cannot be used; the message says what to do.</summary>
internal sealed class WorkspaceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether another run has it.</summary>
    public bool IsBusy { get; init; }
}
