using System.ComponentModel;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Cli.Commands;

/// <summary>Options of an experiment that choose how it is looked at and resampled.</summary>
internal abstract class ExperimentMethodSettings : ReportSettings
{
    /// <summary>Sequential.</summary>
    [CommandOption("--sequential")]
    [Description("Intervals and p that hold at every look: one may look daily and stop at any time.")]
    public bool Sequential { get; init; }

    /// <summary>Method.</summary>
    [CommandOption("--sequential-method <NAME>")]
    [Description("confidence-sequence (asymptotic, tuned by --tuning) or msprt (mixture of effects, --mixture).")]
    [DefaultValue("confidence-sequence")]
    public string SequentialMethod { get; init; } = "confidence-sequence";

    /// <summary>Tuning.</summary>
    [CommandOption("--tuning <UNITS>")]
    [Description("Units of both arms at which the sequential interval is narrowest, chosen beforehand.")]
    [DefaultValue(ConfidenceSequence.DefaultTuning)]
    public double Tuning { get; init; } = ConfidenceSequence.DefaultTuning;

    /// <summary>Mixture.</summary>
    [CommandOption("--mixture <LIFT>")]
    [Description("msprt: standard deviation of the lifts thought likely, chosen beforehand.")]
    [DefaultValue(LookPlan.DefaultMixtureLift)]
    public double Mixture { get; init; } = LookPlan.DefaultMixtureLift;

    /// <summary>Looks.</summary>
    [CommandOption("--looks <N>")]
    [Description("Looks that were planned: how many, after equal parts of the units, or the shares of the planned units, e.g. 0.25,0.5,1.")]
    public string? Looks { get; init; }

    /// <summary>Look.</summary>
    [CommandOption("--look <K>")]
    [Description("Which of the planned looks this is, from 1.")]
    public int? Look { get; init; }

    /// <summary>Spending.</summary>
    [CommandOption("--spending <NAME>")]
    [Description("obrien-fleming (hardly any error early) or pocock (nearly even): how alpha is spent over the planned looks.")]
    [DefaultValue("obrien-fleming")]
    public string Spending { get; init; } = "obrien-fleming";

    /// <summary>Replicates.</summary>
    [CommandOption("--bootstrap <N>")]
    [Description("Also percentile intervals from so many bootstrap replicates over units, e.g. 2000.")]
    public int? Bootstrap { get; init; }

    /// <summary>Seed.</summary>
    [CommandOption("--seed <N>")]
    [Description("Seed of the bootstrap.")]
    [DefaultValue(1UL)]
    public ulong Seed { get; init; } = 1;

    /// <inheritdoc/>
    public override ValidationResult Validate() =>
        SequentialMethod is not ("confidence-sequence" or "msprt") ? ValidationResult.Error($"--sequential-method {SequentialMethod} is unknown; write confidence-sequence or msprt.")
        : !(Tuning > 0) || !double.IsFinite(Tuning) ? ValidationResult.Error("--tuning must be above 0.")
        : !(Mixture > 0) || !double.IsFinite(Mixture) ? ValidationResult.Error("--mixture must be above 0: the standard deviation of lifts, e.g. 0.05.")
        : Looks is not null && Sequential ? ValidationResult.Error("--looks and --sequential exclude each other: intervals hold at a few planned looks, or at every look.")
        : Looks is not null && Look is null ? ValidationResult.Error("--look K is missing: say which of the planned looks this is, from 1.")
        : Spending is not ("obrien-fleming" or "pocock") ? ValidationResult.Error($"--spending {Spending} is unknown; write obrien-fleming or pocock.")
        : Bootstrap is < 2 ? ValidationResult.Error("--bootstrap counts from 2.")
        : base.Validate();

    /// <summary>Refuses options that would have no effect on a file of units or events.</summary>
    public ValidationResult Idle(CommandContext context)
    {
        (bool IsIdle, string Why, string[] Names)[] rules =
        [
            (!Sequential, "Without --sequential the intervals hold for one look", ["--sequential-method", "--tuning", "--mixture"]),
            (SequentialMethod != "msprt", "A confidence sequence has no mixture of its own", ["--mixture"]),
            (SequentialMethod == "msprt", "The mSPRT is tuned by --mixture", ["--tuning"]),
            (Looks is null, "Without --looks no looks were planned", ["--look", "--spending"]),
            (Bootstrap is null, "Without --bootstrap nothing is drawn", ["--seed"]),
        ];
        foreach (var (isIdle, why, names) in rules)
            if (isIdle && StatedOptions.Without(context, why, names) is { Successful: false } refusal) return refusal;
        return ValidationResult.Success();
    }

    /// <summary>When one looks.</summary>
    /// <exception cref="UsageException">The looks are no plan.</exception>
    public LookPlan Plan()
    {
        if (Looks is null)
        {
            return new LookPlan
            {
                Rule = !Sequential ? LookRule.FixedHorizon : SequentialMethod == "msprt" ? LookRule.MixtureTest : LookRule.ConfidenceSequence,
                Tuning = Tuning,
                MixtureLift = Mixture,
            };
        }

        var fractions = Fractions(Looks);
        if (LookPlan.Fault(fractions) is { } fault) throw new UsageException($"--looks {Looks}: {fault}.");
        return Look is { } look && look >= 1 && look <= fractions.Length
            ? new LookPlan { Rule = LookRule.PlannedLooks, Fractions = fractions, Look = look, Spending = Spending == "pocock" ? AlphaSpending.Pocock : AlphaSpending.OBrienFleming }
            : throw new UsageException($"--look {Look} is none of the {fractions.Length} planned looks; count from 1.");
    }

    /// <summary>The bootstrap; null where none was asked for.</summary>
    /// <param name="alpha">Error allowed.</param>
    public ExperimentBootstrap? Resampling(double alpha) => Bootstrap is not { } replicates ? null
        : new ExperimentBootstrap(new BootstrapOptions { Replicates = replicates, Level = 1 - alpha, Seed = new Seed(Seed) });

    private static double[] Fractions(string text)
    {
        var parts = ListOption.Of(text);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) throw new UsageException($"--looks {text}: \"{parts[i]}\" is no number; write 5, or shares of the planned units such as 0.25,0.5,1.");
        return numbers is [> 1 and <= LookPlan.LooksMax and var count] && count == Math.Floor(count) ? LookPlan.EqualFractions((int)count) : numbers;
    }
}
