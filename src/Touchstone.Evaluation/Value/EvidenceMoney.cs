using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Value;

/// <summary>An effect in money, with every step.</summary>
public sealed record EvidenceValue
{
    /// <summary>Money a year more than with the champion; the cost of switching is spread over the years.</summary>
    public required Estimate Yearly { get; init; }

    /// <summary>Present value over all years.</summary>
    public required EffectMoney Present { get; init; }

    /// <summary>The chain, in order.</summary>
    public required IReadOnlyList<MoneyStep> Steps { get; init; }
}

/// <summary>
/// From an effect a unit to money a year: effect × carry-over × units × margin − latency − serving − yearly cost − switching / annuity. Effects of
/// experiments carry over whole and hold the latency already; others are multiplied by a factor with limits of its own, drawn together with
/// the effect, and pay for the latency that their shoppers did not feel.
/// </summary>
public static class EvidenceMoney
{
    private const int Draws = 20_000;

    /// <summary>Values an effect.</summary>
    /// <param name="kind">Where it was seen.</param>
    /// <param name="effect">Money a unit, with interval and standard error.</param>
    /// <param name="addedLatencyMs">Milliseconds more a request; NaN where not measured: then no penalty.</param>
    /// <param name="terms">The shop's figures.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static EvidenceValue Of(EvidenceKind kind, Estimate effect, double addedLatencyMs, ValueTerms terms, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(terms);
        var serving = terms.RequestsAUnit * terms.UnitsAYear / 1000 * terms.CostPer1000Requests;
        var latency = Latency(kind, addedLatencyMs, terms);
        var annuity = terms.AnnuityFactor;
        var switching = terms.SwitchingCost / annuity;
        var costs = serving + latency + terms.YearlyCost;
        var carry = kind switch
        {
            EvidenceKind.Experiment => (Value: 1.0, Low: 1.0, High: 1.0),
            EvidenceKind.OffPolicy => terms.OffPolicyToOnline,
            EvidenceKind.Offline => terms.OfflineToOnline,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of evidence."),
        };
        var carried = Carry(effect, new CarryOver(carry.Value, carry.Low, carry.High).Checked(), seed);
        var scale = terms.UnitsAYear * terms.Margin;
        var yearly = new Estimate
        {
            Value = (carried.Value * scale) - costs - switching,
            Low = (carried.Low * scale) - costs - switching,
            High = (carried.High * scale) - costs - switching,
            StandardError = carried.StandardError * scale,
            Level = effect.Level,
            Count = effect.Count,
            Unit = terms.Currency,
        };
        var present = EffectValue.Of(carried.Value, carried.StandardError, terms.UnitsAYear, terms.Margin, terms.SwitchingCost, costs, terms.Years, terms.Discount, effect.Level) with
        {
            Low = yearly.Low * annuity,
            High = yearly.High * annuity,
        };
        return new EvidenceValue { Yearly = yearly, Present = present, Steps = Steps(kind, effect, carry, carried, terms, serving, latency, switching, yearly) };
    }

    private static double Latency(EvidenceKind kind, double addedLatencyMs, ValueTerms terms) =>
        kind == EvidenceKind.Experiment || !(addedLatencyMs > 0) || terms.LatencyPenalty == 0 || double.IsNaN(terms.MarginAUnit)
            ? 0
            : terms.LatencyPenalty * (addedLatencyMs / 100) * terms.MarginAUnit * terms.UnitsAYear;

    private static Estimate Carry(Estimate effect, CarryOver factor, Seed seed)
    {
        if (factor is { Value: 1, Low: 1, High: 1 }) return effect;
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            var random = seed.For("carry-over", i).NewRandom();
            draws[i] = (effect.Value + (effect.StandardError * random.NextNormal())) * factor.At(random.NextNormal());
        }

        return ReplicateEstimate.Percentile(effect.Value * factor.Value, draws, effect.Level, effect.Count, effect.Unit);
    }

    private static List<MoneyStep> Steps(
        EvidenceKind kind, Estimate effect, (double Value, double Low, double High) carry, Estimate carried, ValueTerms terms, double serving, double latency, double switching, Estimate yearly)
    {
        var a = $"{terms.Currency} a year";
        List<MoneyStep> steps = [new("effect a unit", effect.Value, effect.Low, effect.High, terms.Currency, FigureOrigin.Counted)];
        if (kind != EvidenceKind.Experiment) steps.Add(new("carries over to real shoppers", carry.Value, carry.Low, carry.High, "factor", FigureOrigin.Assumed));
        steps.Add(Plain("units a year", terms.UnitsAYear, "a year"));
        steps.Add(Plain("margin", terms.Margin, "share"));
        var scale = terms.UnitsAYear * terms.Margin;
        steps.Add(new("gain", carried.Value * scale, carried.Low * scale, carried.High * scale, a, FigureOrigin.Derived));
        if (latency != 0) steps.Add(Plain("latency that shoppers did not feel", -latency, a));
        if (serving != 0) steps.Add(Plain("serving", -serving, a));
        if (terms.YearlyCost != 0) steps.Add(Plain("yearly cost", -terms.YearlyCost, a));
        if (switching != 0) steps.Add(Plain("switching, spread over the years", -switching, a));
        steps.Add(new("worth", yearly.Value, yearly.Low, yearly.High, a, FigureOrigin.Derived));
        return steps;

        static MoneyStep Plain(string name, double value, string unit) => new(name, value, double.NaN, double.NaN, unit, FigureOrigin.Assumed);
    }
}
