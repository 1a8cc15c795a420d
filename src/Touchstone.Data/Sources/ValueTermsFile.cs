using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Reads a shop's figures between an effect and money (form <c>touchstone.money/1</c>, docs/formats.md), YAML or JSON.</summary>
public static class ValueTermsFile
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    /// <exception cref="ConfigurationException">A key is unknown, missing or out of bounds (says file, line and remedy).</exception>
    public static ValueTerms Read(string path)
    {
        var root = JudgeYaml.Open(path);
        var terms = new ValueTerms
        {
            Currency = ShopYaml.Currency(root, ""),
            UnitsAYear = root.NeedNumber("units_a_year", 0, "write how many visitors or shoppers a year there are, in the unit of the effect."),
            Margin = root.NeedNumber("margin", 0, "write the share of the effect that is margin; 1 where the effect is in margin already.", 1),
        };
        if (terms.Currency.Length == 0) throw root.Missing("currency", "write an ISO 4217 code, such as EUR.");
        terms = terms with
        {
            RequestsAUnit = root.Number("requests_a_unit", terms.RequestsAUnit, 0),
            CostPer1000Requests = root.Number("cost_per_1000_requests", terms.CostPer1000Requests, double.NegativeInfinity),
            YearlyCost = root.Number("yearly_cost", terms.YearlyCost, double.NegativeInfinity),
            SwitchingCost = root.Number("switching_cost", terms.SwitchingCost, 0),
            Years = root.Integer("years", terms.Years, 1, 100),
            Discount = root.Number("discount", terms.Discount, 0, 1),
            LatencyPenalty = root.Number("latency_penalty", terms.LatencyPenalty, 0, 1),
            MarginAUnit = root.NumberOrNull("margin_a_unit", 0) ?? double.NaN,
            OfflineToOnline = Factor(root, "offline_to_online", terms.OfflineToOnline),
            OffPolicyToOnline = Factor(root, "off_policy_to_online", terms.OffPolicyToOnline),
            Preset = root.ChoiceOrNull<DecisionPreset>("preset") ?? terms.Preset,
            HarmMargin = root.NumberOrNull("harm_margin", 0) ?? double.NaN,
            ImmatureShareMax = root.Number("immature_share_max", terms.ImmatureShareMax, 0, 1),
            Guardrails = [.. root.Maps("guardrails").Select(Guardrail)],
        };
        root.Finish();
        return terms;
    }

    private static (double Value, double Low, double High) Factor(YamlMap root, string key, (double Value, double Low, double High) whenAbsent)
    {
        if (!root.Has(key)) return whenAbsent;
        var map = root.Map(key);
        var factor = (Value: map.Number("value", whenAbsent.Value, 0), Low: map.Number("low", whenAbsent.Low, 0), High: map.Number("high", whenAbsent.High, 0));
        map.Finish();
        return factor.Low <= factor.Value && factor.Value <= factor.High
            ? factor
            : throw map.Fault($"{key} must have low <= value <= high.");
    }

    private static RequiredGuardrail Guardrail(YamlMap map)
    {
        var guardrail = new RequiredGuardrail(
            map.Need("metric", "name what must not get worse."),
            map.NeedNumber("margin", 0, "state how much worse it may be, in its unit."),
            JudgeYaml.IsHigherBetter(map));
        map.Finish();
        return guardrail;
    }
}
