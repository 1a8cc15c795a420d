using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;
using Touchstone.Evaluation;
using Touchstone.Evaluation.Calibration;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone evaluate calibrate</c>: what the judge claims, held against a shop whose truth is known.</summary>
internal sealed class EvaluateCalibrateCommand : Command<EvaluateCalibrateCommand.Settings>
{
    // Sharpness of the judged policy and rounds of its log: from a policy near the log's to one that wants what the log avoids.
    private static readonly (double Sharpness, int Rounds)[] s_scenarios = [(1.5, 2_000), (3, 2_000), (3, 400), (-1, 2_000), (-1, 200), (-3, 500)];

    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Repetitions.</summary>
        [CommandOption("--repetitions <N>")]
        [Description("Repetitions of what costs little.")]
        [DefaultValue(20_000)]
        public int Repetitions { get; init; } = 20_000;

        /// <summary>Slow repetitions.</summary>
        [CommandOption("--slow-repetitions <N>")]
        [Description("Repetitions of what draws replicates of its own: bootstrap, off-policy.")]
        [DefaultValue(2_000)]
        public int SlowRepetitions { get; init; } = 2_000;

        /// <summary>Shoppers.</summary>
        [CommandOption("--shoppers <N>")]
        [Description("Shoppers of the simulated shop that make the population.")]
        [DefaultValue(50_000)]
        public int Shoppers { get; init; } = 50_000;

        /// <summary>Units.</summary>
        [CommandOption("--units <N>")]
        [Description("Shoppers an arm.")]
        [DefaultValue(1_000)]
        public int Units { get; init; } = 1_000;

        /// <summary>Seed.</summary>
        [CommandOption("--seed <N>")]
        [Description("Seed of all chance.")]
        [DefaultValue(1UL)]
        public ulong Seed { get; init; } = 1;

        /// <summary>Threads.</summary>
        [CommandOption("--threads <N>")]
        [Description("Most threads; the result does not depend on it. Default: all.")]
        public int? Threads { get; init; }

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Repetitions < 10 || SlowRepetitions < 10 ? ValidationResult.Error("--repetitions and --slow-repetitions count from 10.")
            : Shoppers is < 100 or > 10_000_000 ? ValidationResult.Error("--shoppers must be 100 to 10000000.")
            : Units < 10 ? ValidationResult.Error("--units counts from 10.")
            : Threads is < 1 ? ValidationResult.Error("--threads counts from 1.")
            : base.Validate();
    }

    /// <summary>Puts the verb into its branch.</summary>
    internal static void Register(IConfigurator<CommandSettings> branch) => branch.AddCommand<EvaluateCalibrateCommand>("calibrate")
        .WithDescription("Holds what the judge claims against a simulated shop whose truth is known: coverage, false alarms, bias.")
        .WithExample("evaluate", "calibrate", "--repetitions", "2000", "--slow-repetitions", "200");

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var options = new CalibrationOptions
        {
            Repetitions = settings.Repetitions,
            SlowRepetitions = settings.SlowRepetitions,
            Units = settings.Units,
            Seed = new Seed(settings.Seed),
            Threads = settings.Threads ?? Environment.ProcessorCount,
        };
        var world = SimulatedWorld.Create(new SimulatedShopOptions());
        var pool = FreshOutcomes.Of(world, settings.Shoppers, options.Seed.For("calibration/pool"), options.Threads, cancellationToken);
        PolicyScenario[] scenarios = [.. s_scenarios.Select(scenario => new PolicyScenario(CategoryBandit.Of(world, scenario.Sharpness, options.Seed.For("calibration/bandit")), scenario.Rounds))];
        using var progress = new ErrorLineProgress();
        var findings = JudgeCalibration.Run(pool, scenarios, options, progress.Report, cancellationToken);
        ReportPrinter.Print(settings, CalibrationReport.Compose(findings, options, $"{FigureText.Count(pool.Count)} shoppers of the simulated shop"));
        return ExitCodes.Done;
    }
}
