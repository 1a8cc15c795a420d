using Touchstone.Domain;

namespace Touchstone.Evaluation.Calibration;

/// <summary>How the judge is judged. All repetitions follow from the seed: the same bits at any number of threads.</summary>
public sealed record CalibrationOptions
{
    private const int PlannedLooks = 5;

    /// <summary>Repetitions of what costs little.</summary>
    public int Repetitions { get; init => field = AtLeast(value, 10, nameof(Repetitions)); } = 20_000;

    /// <summary>Repetitions of what draws replicates of its own.</summary>
    public int SlowRepetitions { get; init => field = AtLeast(value, 10, nameof(SlowRepetitions)); } = 2_000;

    /// <summary>Units an arm.</summary>
    public int Units { get; init => field = AtLeast(value, 10, nameof(Units)); } = 1_000;

    /// <summary>Looks at a sequential experiment, one a day.</summary>
    public int Days { get; init => field = AtLeast(value, PlannedLooks, nameof(Days)); } = 28;

    /// <summary>[look] days of the five looks that are planned beforehand: they fall on whole days, and their shares of the units are those of the days.</summary>
    public int[] PlannedDays => [.. Enumerable.Range(1, PlannedLooks).Select(look => (int)Math.Round((double)look * Days / PlannedLooks))];

    /// <summary>Units an arm that come on a day.</summary>
    public int UnitsADay { get; init => field = AtLeast(value, 2, nameof(UnitsADay)); } = 100;

    /// <summary>Bootstrap replicates.</summary>
    public int Replicates { get; init => field = AtLeast(value, 10, nameof(Replicates)); } = 500;

    /// <summary>Where all chance comes from.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>Most threads.</summary>
    public int Threads { get; init => field = AtLeast(value, 1, nameof(Threads)); } = 2;

    private static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} counts from {least}."));
}
