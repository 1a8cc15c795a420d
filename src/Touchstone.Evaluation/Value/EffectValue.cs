using Touchstone.Numerics;

namespace Touchstone.Evaluation.Value;

/// <summary>What an uncertain amount of money means for a choice between taking and leaving it.</summary>
public sealed record EffectMoney
{
    /// <summary>Present value of 1 a year.</summary>
    public required double AnnuityFactor { get; init; }

    /// <summary>Expected present value.</summary>
    public required double Mean { get; init; }

    /// <summary>Its standard deviation.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public required double High { get; init; }

    /// <summary>Probability that it pays.</summary>
    public required double ProbabilityProfit { get; init; }

    /// <summary>E max(−value, 0): what shipping risks.</summary>
    public required double ExpectedLossIfShipped { get; init; }

    /// <summary>E max(value, 0): what leaving it forgoes.</summary>
    public required double ExpectedLossIfNotShipped { get; init; }

    /// <summary>Effect a unit at which it pays nothing; NaN where no unit comes.</summary>
    public required double BreakEvenEffect { get; init; }

    /// <summary>What knowing the effect for sure would be worth: the smaller of both losses (Raiffa and Schlaifer 1961).</summary>
    public double ValueOfPerfectInformation => Math.Min(ExpectedLossIfShipped, ExpectedLossIfNotShipped);

    /// <summary>Whether shipping has the higher expected value.</summary>
    public bool IsShippingExpectedToPay => Mean > 0;
}

/// <summary>From a normal effect a unit to money: value = annuity × (effect × units × margin − yearly cost) − one-off cost.</summary>
public static class EffectValue
{
    /// <summary>Values an effect.</summary>
    /// <param name="effect">Money a unit and year.</param>
    /// <param name="standardError">Its standard error, at least 0.</param>
    /// <param name="unitsAYear">Units a year, at least 0.</param>
    /// <param name="margin">Share of the effect that is margin.</param>
    /// <param name="oneOffCost">Paid at once.</param>
    /// <param name="yearlyCost">Paid at year ends.</param>
    /// <param name="years">From 1.</param>
    /// <param name="discount">A year, above −1.</param>
    /// <param name="level">Confidence of the interval.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure that is not finite or out of range (names it).</exception>
    public static EffectMoney Of(
        double effect, double standardError, double unitsAYear, double margin, double oneOffCost, double yearlyCost, int years, double discount, double level = 0.95)
    {
        Finite(effect, nameof(effect));
        Finite(unitsAYear, nameof(unitsAYear));
        Finite(margin, nameof(margin));
        Finite(oneOffCost, nameof(oneOffCost));
        Finite(yearlyCost, nameof(yearlyCost));
        if (!(standardError >= 0) || double.IsInfinity(standardError)) throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "A standard error is a finite number from 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        if (!(discount > -1)) throw new ArgumentOutOfRangeException(nameof(discount), discount, "A discount lies above −1.");
        var annuity = Annuity.Factor(years, discount);
        var mean = (annuity * ((effect * unitsAYear * margin) - yearlyCost)) - oneOffCost;
        var deviation = annuity * unitsAYear * Math.Abs(margin) * standardError;
        var half = Distributions.NormalQuantile((1 + level) / 2) * deviation;
        return new EffectMoney
        {
            AnnuityFactor = annuity,
            Mean = mean,
            StandardDeviation = deviation,
            Low = mean - half,
            High = mean + half,
            ProbabilityProfit = deviation > 0 ? Distributions.NormalCdf(mean / deviation) : mean > 0 ? 1 : mean < 0 ? 0 : 0.5,
            ExpectedLossIfShipped = ExpectedExcess(-mean, deviation),
            ExpectedLossIfNotShipped = ExpectedExcess(mean, deviation),
            BreakEvenEffect = unitsAYear * margin == 0 ? double.NaN : ((oneOffCost / annuity) + yearlyCost) / (unitsAYear * margin),
        };
    }

    /// <summary>E max(X, 0) of a normal X.</summary>
    /// <param name="mean">Mean.</param>
    /// <param name="deviation">Standard deviation, at least 0.</param>
    public static double ExpectedExcess(double mean, double deviation) =>
        Math.Max(mean, 0) + (deviation == 0 ? 0 : deviation * Distributions.NormalExcess(-Math.Abs(mean / deviation)));

    private static void Finite(double value, string name)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number.");
    }
}
