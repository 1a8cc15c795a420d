using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>The line could not be read as a row.</summary>
internal sealed class UnreadableRow : ICleaningRule
{
    public string Name => "unreadable-row";

    public string Description => "The line could not be read as a row.";

    public CleaningOutcome Judge(Interaction row) => row.Unreadable is { } text && (text.StartsWith("row=", StringComparison.Ordinal) || text.Contains("; row=", StringComparison.Ordinal))
        ? CleaningOutcome.Reject
        : CleaningOutcome.Keep;
}
