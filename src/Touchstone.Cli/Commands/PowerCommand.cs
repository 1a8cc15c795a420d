using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary><c>touchstone power</c>: how large an experiment must be, or what one of a given size can find.</summary>
internal sealed class PowerCommand : Command<PowerCommand.Settings>
{
    /// <summary>Options of the verb.</summary>
    internal sealed class Settings : ReportSettings
    {
        /// <summary>Share in control.</summary>
        [CommandOption("--baseline <SHARE>")]
        [Description("Share in control, e.g. a conversion of 0.05. For means write --mean and --sd instead.")]
        public double? Baseline { get; init; }

        /// <summary>Mean in control.</summary>
        [CommandOption("--mean <NUMBER>")]
        [Description("Mean in control, e.g. revenue a visitor.")]
        public double? Mean { get; init; }

        /// <summary>Standard deviation.</summary>
        [CommandOption("--sd <NUMBER>")]
        [Description("Standard deviation a unit.")]
        public double? StandardDeviation { get; init; }

        /// <summary>Lift to find.</summary>
        [CommandOption("--lift <SHARE>")]
        [Description("Least lift to be found, relative to control, e.g. 0.05.")]
        public double? Lift { get; init; }

        /// <summary>Units.</summary>
        [CommandOption("--units <N>")]
        [Description("Units of control there will be: says what can be found, and with --lift the power.")]
        public double? Units { get; init; }

        /// <summary>Units a day.</summary>
        [CommandOption("--daily <N>")]
        [Description("Units a day in both arms together: says how long it takes.")]
        public double? Daily { get; init; }

        /// <summary>Ratio.</summary>
        [CommandOption("--ratio <NUMBER>")]
        [Description("Units of treatment for each of control.")]
        [DefaultValue(1.0)]
        public double Ratio { get; init; } = 1;

        /// <summary>Alpha.</summary>
        [CommandOption("--alpha <SHARE>")]
        [Description("Error allowed, two-sided.")]
        [DefaultValue(0.05)]
        public double Alpha { get; init; } = 0.05;

        /// <summary>Power.</summary>
        [CommandOption("--power <SHARE>")]
        [Description("Chance to find it.")]
        [DefaultValue(0.8)]
        public double Power { get; init; } = 0.8;

        /// <summary>Correlation.</summary>
        [CommandOption("--correlation <R>")]
        [Description("Correlation with a covariate known before (CUPED): the variance falls by its square.")]
        [DefaultValue(0.0)]
        public double Correlation { get; init; }

        /// <summary>Looks.</summary>
        [CommandOption("--looks <N>")]
        [Description("Planned equal looks: prints their boundaries (spending like O'Brien and Fleming, and like Pocock).")]
        public int? Looks { get; init; }

        /// <inheritdoc/>
        public override ValidationResult Validate() =>
            Baseline is null == (StandardDeviation is null) ? ValidationResult.Error("Write either --baseline SHARE, or --sd NUMBER with --mean NUMBER.")
            : Baseline is not null and not (> 0 and < 1) ? ValidationResult.Error("--baseline must lie between 0 and 1.")
            : StandardDeviation is not null && !(StandardDeviation > 0) ? ValidationResult.Error("--sd must be above 0.")
            : StandardDeviation is not null && (Mean is null || Mean == 0 || !double.IsFinite(Mean.Value)) ? ValidationResult.Error("--mean NUMBER other than 0 is missing: lifts are relative to it.")
            : Lift is null && Units is null ? ValidationResult.Error("Write --lift SHARE (how many units?), or --units N (what can be found?), or both (with what power?).")
            : Lift is not null && (Lift == 0 || !double.IsFinite(Lift.Value) || (Baseline is { } share && share * (1 + Lift) is not (> 0 and < 1))) ? ValidationResult.Error("--lift must be a number other than 0 that leaves the share between 0 and 1.")
            : Units is not null && !(Units >= 2) ? ValidationResult.Error("--units must be 2 or more.")
            : Daily is not null && !(Daily > 0) ? ValidationResult.Error("--daily must be above 0.")
            : Alpha is not (> 0 and < 1) || Power is not (> 0 and < 1) ? ValidationResult.Error("--alpha and --power must lie between 0 and 1.")
            : !(Ratio > 0) || !double.IsFinite(Ratio) ? ValidationResult.Error("--ratio must be above 0.")
            : Correlation is not (> -1 and < 1) ? ValidationResult.Error("--correlation must lie between -1 and 1.")
            : Looks is < 1 or > 200 ? ValidationResult.Error("--looks must be 1 to 200.")
            : base.Validate();
    }

    /// <summary>Adds the verb.</summary>
    public static void Register(IConfigurator config) => config.AddCommand<PowerCommand>("power")
        .WithDescription("How many units an experiment needs, or what one of a given size can find.")
        .WithExample("power", "--baseline", "0.05", "--lift", "0.05", "--daily", "20000").WithExample("power", "--mean", "1.05", "--sd", "15", "--units", "21000");

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var kept = 1 - (settings.Correlation * settings.Correlation);
        ReportPrinter.Print(settings, PowerReport.Compose(new PowerQuestion
        {
            Baseline = settings.Baseline ?? settings.Mean ?? double.NaN,
            StandardDeviation = settings.StandardDeviation ?? double.NaN,
            Lift = settings.Lift ?? double.NaN,
            ControlUnits = settings.Units ?? double.NaN,
            UnitsADay = settings.Daily ?? double.NaN,
            TreatmentToControl = settings.Ratio,
            Alpha = settings.Alpha,
            Power = settings.Power,
            VarianceKept = kept,
            Looks = settings.Looks ?? 0,
        }));
        return ExitCodes.Done;
    }
}
