using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;

namespace Touchstone.Evaluation.Indicators;

/// <summary>Computes the catalogue's indicators from a shop's log.</summary>
public static class IndicatorJudge
{
    /// <summary>All indicators, in the catalogue's order; those that the log cannot feed say why.</summary>
    /// <param name="log">Columns of the log.</param>
    /// <param name="facts">What is known of the champion and of costs.</param>
    /// <param name="currency">Reporting currency; empty where there is none.</param>
    /// <param name="options">How shoppers are resampled for the intervals.</param>
    /// <param name="cancellationToken">Stops between replicates.</param>
    /// <exception cref="ArgumentException">A log without a unit.</exception>
    public static IReadOnlyList<IndicatorValue> Compute(
        ShopLog log, TechnicalFacts facts, string currency, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        if (log.UnitCount == 0) throw new ArgumentException("The log has no shopper and no session: there is nothing to count.", nameof(log));
        List<UnitRatio> ratios = [.. SatisfactionIndicators.Of(log), .. RecommendationIndicators.Of(log), .. ExperienceIndicators.Of(log)];
        var sums = PairedBootstrap.Resample([.. ratios.SelectMany(ratio => new[] { ratio.Numerators, ratio.Denominators })], options, cancellationToken);
        var scalars = TechnicalIndicators.Of(log, facts).ToDictionary(StringComparer.Ordinal);
        if (log.ExposureSlates.Length > 0)
        {
            scalars.Add("product_coverage", RecommendationIndicators.Coverage(log));
            scalars.Add("exposure_gini", RecommendationIndicators.Gini(log));
        }

        var places = ratios.Index().ToDictionary(entry => entry.Item.Name, entry => entry.Index, StringComparer.Ordinal);
        return
        [
            .. IndicatorCatalogue.All.Select(definition => places.TryGetValue(definition.Name, out var at) ? OfRatio(definition, sums, 2 * at, currency)
                : scalars.TryGetValue(definition.Name, out var value) && double.IsFinite(value) ? OfScalar(definition, value, log.UnitCount, currency)
                : new IndicatorValue { Definition = definition, NotMeasured = Why(definition) }),
        ];
    }

    private static IndicatorValue OfRatio(IndicatorDefinition definition, ResampledSums sums, int at, string currency)
    {
        var value = sums.Totals[at] / sums.Totals[at + 1];
        if (!double.IsFinite(value)) return new IndicatorValue { Definition = definition, NotMeasured = Why(definition) };
        var replicates = new double[sums.Options.Replicates];
        for (var i = 0; i < replicates.Length; i++) replicates[i] = sums.Replicates[at][i] / sums.Replicates[at + 1][i];
        return new IndicatorValue { Definition = definition, Figure = ReplicateEstimate.Percentile(value, replicates, sums.Options.Level, sums.UnitCount, Unit(definition, currency)), Replicates = replicates };
    }

    private static IndicatorValue OfScalar(IndicatorDefinition definition, double value, int units, string currency) => new()
    {
        Definition = definition,
        Figure = new Estimate { Value = value, Low = double.NaN, High = double.NaN, Count = units, Unit = Unit(definition, currency) },
    };

    private static string Unit(IndicatorDefinition definition, string currency) => definition.Unit == "money" ? currency : definition.Unit;

    private static string Why(IndicatorDefinition definition) => $"the log has none, or too little, of: {definition.Source}";
}
