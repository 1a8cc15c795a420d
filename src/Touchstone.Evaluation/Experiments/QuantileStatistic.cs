using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>Quantiles over events whose units are drawn: events of one shopper hang together.</summary>
public static class QuantileStatistic
{
    private static readonly double s_z = Distributions.NormalQuantile(0.975);

    /// <summary>Lower and upper probabilities that bracket a quantile: p ∓ z √(p(1 − p)/n), kept within [0, 1].</summary>
    public static (double Lower, double Upper) Bracket(double probability, long events)
    {
        var half = s_z * Math.Sqrt(probability * (1 - probability) / events);
        return (Math.Max(0, probability - half), Math.Min(1, probability + half));
    }

    /// <summary>Reduces events.</summary>
    /// <param name="variant">Name of the variant.</param>
    /// <param name="values">[event] values, finite.</param>
    /// <param name="units">[event] index of the event's unit; empty where each event is a unit.</param>
    /// <param name="probability">In (0, 1).</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or a probability out of range.</exception>
    public static VariantQuantile Of(string variant, ReadOnlySpan<double> values, ReadOnlySpan<int> units, double probability)
    {
        if (probability is not (> 0 and < 1)) throw new ArgumentException($"probability = {probability}; expected (0, 1).", nameof(probability));
        if (units.Length != 0 && units.Length != values.Length) throw new ArgumentException($"units has {units.Length} events; expected {values.Length}.", nameof(units));
        if (values.IsEmpty) return new VariantQuantile { Variant = variant, Probability = probability, Events = 0, Units = 0, Value = double.NaN, Lower = double.NaN, Upper = double.NaN, ClusterFactor = double.NaN };
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var (lower, upper) = Bracket(probability, values.Length);
        var at = Quantile.Type7(sorted, probability);
        var quantile = new VariantQuantile
        {
            Variant = variant,
            Probability = probability,
            Events = values.Length,
            Units = values.Length,
            Value = at,
            Lower = Quantile.Type7(sorted, lower),
            Upper = Quantile.Type7(sorted, upper),
            ClusterFactor = 1,
        };
        if (units.IsEmpty) return quantile;
        var below = new SortedDictionary<int, (double Below, double Events)>();
        for (var i = 0; i < values.Length; i++)
        {
            var (count, events) = below.GetValueOrDefault(units[i]);
            below[units[i]] = (count + (values[i] <= at ? 1 : 0), events + 1);
        }

        var moments = VariantMoments.Of(variant, ("below", [.. below.Values.Select(unit => unit.Below)]), ("events", [.. below.Values.Select(unit => unit.Events)]));
        return quantile with { Units = below.Count, ClusterFactor = ClusterFactor(moments, "below", "events", probability) };
    }

    /// <summary>Variance of the share of events at or below the quantile by the delta method over units, over p(1 − p)/events.</summary>
    /// <param name="units">Moments over units.</param>
    /// <param name="below">Column: events of the unit at or below the quantile.</param>
    /// <param name="events">Column: events of the unit.</param>
    /// <param name="probability">Which quantile.</param>
    public static double ClusterFactor(VariantMoments units, string below, string events, double probability)
    {
        ArgumentNullException.ThrowIfNull(units);
        var total = units.Mean(events) * units.Count;
        return new MomentForm(below, events).Variance(units) / units.Count / (probability * (1 - probability) / total);
    }

    /// <summary>The arm of a comparison: variance ((upper − lower)/2z)² (n − 1) an event, times the cluster factor (Deng, Knoblich and Lu 2018).</summary>
    public static ArmStatistic Arm(VariantQuantile quantile)
    {
        ArgumentNullException.ThrowIfNull(quantile);
        if (quantile.Events == 0) return ArmStatistic.Plain(0, double.NaN, double.NaN);
        var half = (quantile.Upper - quantile.Lower) / (2 * s_z);
        return ArmStatistic.Plain(quantile.Events, quantile.Value, half * half * (quantile.Events - 1) * quantile.ClusterFactor);
    }
}
