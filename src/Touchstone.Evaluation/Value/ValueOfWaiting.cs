namespace Touchstone.Evaluation.Value;

/// <summary>What going on with an experiment is worth.</summary>
/// <param name="Days">More days.</param>
/// <param name="Information">Expected gain of deciding with what they will have shown, money.</param>
/// <param name="Delay">Expected cost of deciding later, money.</param>
public sealed record WaitingValue(double Days, double Information, double Delay)
{
    /// <summary>Information less delay.</summary>
    public double Net => Information - Delay;
}

/// <summary>
/// Expected value of more data (preposterior analysis; Raiffa and Schlaifer 1961). With yearly money N(m, s²) after d days, w more days move the
/// posterior mean by N(0, s² w / (d + w)); deciding afterwards is worth E max(mean, 0) − max(m, 0) a year over what is left of the horizon.
/// Meanwhile the share of traffic without the better arm forgoes |m|.
/// </summary>
public static class ValueOfWaiting
{
    /// <summary>The choices of days that are looked at.</summary>
    public static IReadOnlyList<double> Choices { get; } = [7, 14, 28, 56];

    /// <summary>Values waiting.</summary>
    /// <param name="yearlyMean">Expected money a year of the challenger.</param>
    /// <param name="yearlyDeviation">Its standard deviation, above 0.</param>
    /// <param name="daysSoFar">Days of data, above 0.</param>
    /// <param name="moreDays">Days to wait, above 0.</param>
    /// <param name="years">Horizon in years.</param>
    /// <param name="challengerShare">Share of traffic that sees the challenger while waiting, in (0, 1).</param>
    public static WaitingValue Of(double yearlyMean, double yearlyDeviation, double daysSoFar, double moreDays, double years, double challengerShare)
    {
        if (!(daysSoFar > 0)) throw new ArgumentOutOfRangeException(nameof(daysSoFar), daysSoFar, "Days lie above 0.");
        if (!(moreDays > 0)) throw new ArgumentOutOfRangeException(nameof(moreDays), moreDays, "Days lie above 0.");
        var moved = yearlyDeviation * Math.Sqrt(moreDays / (daysSoFar + moreDays));
        var left = Math.Max(0, years - (moreDays / 365));
        var information = Math.Max(0, EffectValue.ExpectedExcess(yearlyMean, moved) - Math.Max(yearlyMean, 0)) * left;
        var delayed = yearlyMean > 0 ? 1 - challengerShare : challengerShare;
        return new WaitingValue(moreDays, information, Math.Abs(yearlyMean) * delayed * Math.Min(years, moreDays / 365));
    }
}
