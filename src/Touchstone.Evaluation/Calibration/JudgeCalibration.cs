using Touchstone.Domain;

namespace Touchstone.Evaluation.Calibration;

/// <summary>A log length and the known bandit that it is drawn from.</summary>
/// <param name="Bandit">Policies and rewards.</param>
/// <param name="Rounds">Rounds of a log.</param>
public sealed record PolicyScenario(KnownBandit Bandit, int Rounds);

/// <summary>Judges the judge: holds what its methods claim against a population whose truth is known.</summary>
public static class JudgeCalibration
{
    /// <summary>Runs all families.</summary>
    /// <param name="pool">Population of the experiments.</param>
    /// <param name="scenarios">Logs that policies are judged from.</param>
    /// <param name="options">Repetitions, sizes, seed, threads.</param>
    /// <param name="progress">Told what is under way and the share of it that is done; may be null.</param>
    /// <param name="cancellationToken">Stops between repetitions.</param>
    public static IReadOnlyList<CalibrationFinding> Run(
        UnitOutcomes pool, IReadOnlyList<PolicyScenario> scenarios, CalibrationOptions options, Action<string, double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(options);
        List<CalibrationFinding> findings =
        [
            .. FixedHorizonCalibration.Run(pool, options, Part("fixed horizon"), cancellationToken),
            FixedHorizonCalibration.Bootstrap(pool, options, Part("bootstrap"), cancellationToken),
            .. LookingCalibration.Run(pool, options, Part("looks"), cancellationToken),
            BeliefCalibration.Posterior(pool, options, Part("posterior"), cancellationToken),
            BeliefCalibration.SampleRatio(options, Part("sample ratio"), cancellationToken),
        ];
        foreach (var scenario in scenarios) findings.AddRange(PolicyCalibration.Run(scenario.Bandit, scenario.Rounds, options, Part("off-policy"), cancellationToken));
        if (scenarios.Count > 0) findings.AddRange(PolicyCalibration.ByShopper(scenarios[0].Bandit, scenarios[0].Rounds, options, Part("off-policy"), cancellationToken));
        return findings;

        IProgress<double>? Part(string name) => progress is null ? null : new PartProgress(share => progress(name, share));
    }

    private sealed class PartProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
