using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Experiments;

/// <summary>What a planned look says of a metric.</summary>
public enum PlannedLookDecision
{
    /// <summary>The boundary is passed: the effect is shown, and the experiment may stop.</summary>
    Stop,

    /// <summary>It is not passed, and there are looks left.</summary>
    GoOn,

    /// <summary>It is not passed at the last look: no effect is shown.</summary>
    NotShown,
}

/// <summary>Effects whose interval and p hold over the looks of a plan, two-sided.</summary>
internal sealed class LookValidity
{
    private readonly EffectOptions _options;
    private readonly LookPlan _looks;
    private readonly double _nominal;

    /// <summary>Computes the boundaries of planned looks once.</summary>
    /// <exception cref="ExperimentPlanException">The looks are no plan.</exception>
    public LookValidity(ExperimentPlan plan)
    {
        (_options, _looks) = (plan.Options, plan.Looks);
        if (_looks.Rule != LookRule.PlannedLooks) return;
        if (LookPlan.Fault(_looks.Fractions) is { } fault) throw new ExperimentPlanException($"The planned looks are none: {fault}.");
        if (_looks.Look < 1 || _looks.Look > _looks.Fractions.Count) throw new ExperimentPlanException($"Look {_looks.Look} is none of the {_looks.Fractions.Count} planned looks; count from 1.");
        Boundaries = GroupSequential.Boundaries(_looks.Fractions, _options.Alpha, _looks.Spending);
        _nominal = NominalP(Boundaries[_looks.Look - 1]);
    }

    /// <summary>[look] boundaries of |z|; empty where no looks were planned.</summary>
    public IReadOnlyList<double> Boundaries { get; } = [];

    /// <summary>p of a single look below which the boundary is passed.</summary>
    public static double NominalP(double boundary) => 2 * Distributions.NormalUpper(boundary);

    /// <summary>The effect over the looks; null at a fixed horizon.</summary>
    /// <param name="fixedHorizon">The effect as if there were one look only, for the alpha of its options.</param>
    /// <param name="count">Units of both arms.</param>
    /// <param name="scale">What a lift of 1 is in the effect's unit: |control| for a difference, 1 for a lift.</param>
    public Effect? Of(Func<EffectOptions, Effect> fixedHorizon, double count, double scale) => _looks.Rule switch
    {
        LookRule.FixedHorizon => null,
        LookRule.ConfidenceSequence => ConfidenceSequence.AlwaysValid(fixedHorizon(_options), count, _options, _looks.Tuning),
        LookRule.MixtureTest => MixtureSequentialTest.AlwaysValid(fixedHorizon(_options), _looks.MixtureLift * scale, _options),
        LookRule.PlannedLooks => AtPlannedLook(fixedHorizon),
        _ => throw new InvalidOperationException($"Unknown rule {_looks.Rule}."),
    };

    /// <summary>What the look says; null where no looks were planned, or there is no p.</summary>
    /// <param name="fixedHorizon">The effect as if there were one look only.</param>
    public PlannedLookDecision? Decide(Effect fixedHorizon) =>
        _looks.Rule != LookRule.PlannedLooks || double.IsNaN(fixedHorizon.PValue) ? null
        : fixedHorizon.PValue < _nominal ? PlannedLookDecision.Stop
        : _looks.Look < _looks.Fractions.Count ? PlannedLookDecision.GoOn
        : PlannedLookDecision.NotShown;

    /// <summary>Repeated confidence interval and p (Jennison and Turnbull 1989): the look's own at the alpha of its boundary, through the p of its own test.</summary>
    private Effect AtPlannedLook(Func<EffectOptions, Effect> fixedHorizon)
    {
        if (_options.Side != TestSide.Both) throw new ArgumentException("Boundaries of planned looks are two-sided.");
        var canPass = Boundaries[_looks.Look - 1] < GroupSequential.Furthest;
        var effect = fixedHorizon(canPass ? _options with { Alpha = _nominal } : _options) with { Level = 1 - _options.Alpha };
        if (effect.Status != EffectStatus.Ok) return effect;
        var z = Math.Min(GroupSequential.Furthest, -Distributions.NormalQuantile(effect.PValue / 2));
        return effect with
        {
            PValue = GroupSequential.RepeatedPValue(_looks.Fractions, _looks.Look, z, _looks.Spending),
            Low = canPass ? effect.Low : double.NegativeInfinity,
            High = canPass ? effect.High : double.PositiveInfinity,
        };
    }
}
