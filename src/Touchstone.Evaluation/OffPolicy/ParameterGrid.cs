using Touchstone.Numerics;

namespace Touchstone.Evaluation.OffPolicy;

/// <summary>The λ that SLOPE chooses among: powers of 2 from the largest weight down to 1, the least biased first.</summary>
internal static class ParameterGrid
{
    private const int Most = 24;

    /// <summary>An estimator a candidate.</summary>
    public static List<EstimatorTerms> Of(PolicyEstimator estimator, LogSurvey survey, TermScratch scratch)
    {
        if (estimator.Rule == WeightRule.Subgaussian)
            return [.. ((double[])[0, .001, .003, .01, .03, .1, .3, 1]).Select(parameter => new EstimatorTerms(With(estimator, parameter), scratch, survey.Clusters))];
        var highest = survey.Weights.MaximumWeight > 1 ? Math.Ceiling(Math.Log2(survey.Weights.MaximumWeight)) : 0;
        // Shrinkage works on w²: its λ reach as far as the square of the largest weight, and past it, where it is DR again.
        if (estimator.Rule == WeightRule.Shrunken) highest = (2 * highest) + 6;
        var step = Math.Max(1, Math.Ceiling(highest / Most));
        var terms = new List<EstimatorTerms>();
        for (var power = highest; power >= 0; power -= step) terms.Add(new EstimatorTerms(With(estimator, Math.Pow(2, power)), scratch, survey.Clusters));
        return terms;
    }

    /// <summary>The candidates with SLOPE's choice marked.</summary>
    public static IReadOnlyList<ParameterCandidate> Choose(List<EstimatorTerms> terms, double level)
    {
        var z = Distributions.NormalQuantile((1 + level) / 2);
        double[] values = [.. terms.Select(term => term.Value)], widths = [.. terms.Select(term => z * term.StandardError)];
        // What cuts away more than an estimate may lose is no choice; weights fall with λ, so the first ones stay.
        var kept = Math.Max(1, terms.TakeWhile(term => term.MeanWeight >= EvidenceRules.LeastWeightUsed).Count());
        var chosen = Slope.Choose(values.AsSpan(0, kept), widths.AsSpan(0, kept));
        return [.. terms.Select((term, i) => new ParameterCandidate(term.Estimator.Parameter, term.Value, term.StandardError, term.MeanWeight, i == chosen))];
    }

    /// <summary>The estimator with the chosen λ.</summary>
    public static PolicyEstimator Chosen(PolicyEstimator estimator, IReadOnlyList<ParameterCandidate> candidates) => With(estimator, candidates.First(candidate => candidate.IsChosen).Parameter);

    private static PolicyEstimator With(PolicyEstimator estimator, double parameter) => estimator with { Parameter = parameter };
}
