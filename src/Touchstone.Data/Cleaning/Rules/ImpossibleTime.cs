using Touchstone.Domain;

namespace Touchstone.Data.Cleaning.Rules;

/// <summary>The row happened before there were online shops, or after it was known.</summary>
/// <param name="ingestedAt">When the rows were read, UTC.</param>
internal sealed class ImpossibleTime(DateTime ingestedAt) : ICleaningRule
{
    // Clocks of clients run a little ahead.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly DateTime Earliest = new(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Name => "impossible-time";

    public string Description => "The row is dated before 1990, or more than five minutes after it was received or read.";

    public CleaningOutcome Judge(Interaction row) => row.OccurredAt is { } time
        && (time < Earliest || time - Tolerance > (row.ReceivedAt ?? ingestedAt) || time - Tolerance > ingestedAt)
            ? CleaningOutcome.Reject
            : CleaningOutcome.Keep;
}
