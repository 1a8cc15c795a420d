using System.Globalization;
using System.Text.Json;
using Touchstone.Evaluation.Indicators;

namespace Touchstone.Evaluation.Reports;

/// <summary>Indicators as a report and as JSON (<c>touchstone.indicators/1</c>, docs/formats.md).</summary>
public static class IndicatorReport
{
    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="values">Indicators.</param>
    /// <param name="composite">The composite; null where none was asked for.</param>
    /// <param name="weights">How weights came about; null where they were stated.</param>
    /// <param name="shop">Name of the shop.</param>
    /// <param name="facts">Facts for the head: units, sessions, slates.</param>
    public static ReportDocument Compose(IReadOnlyList<IndicatorValue> values, CompositeOutcome? composite, PairwiseOutcome? weights, string shop, IReadOnlyList<string> facts)
    {
        ArgumentNullException.ThrowIfNull(values);
        List<ReportSection> sections = [];
        if (composite is not null) sections.Add(Composite(composite, weights));
        foreach (var family in Enum.GetValues<IndicatorFamily>()) sections.Add(Family(values, family));
        var missing = values.Where(value => value.NotMeasured is not null).ToList();
        if (missing.Count > 0) sections.Add(new NotesSection { Heading = "Not measured", Notes = [.. missing.Select(value => $"{value.Definition.Name}: {value.NotMeasured}")] });
        return new ReportDocument { Title = $"Indicators of {shop}", Facts = facts, Sections = sections, Finding = $"{FigureText.Count(values.Count(value => value.Figure is not null))} of {FigureText.Count(values.Count)} indicators measured.", FiguresJson = Json(values, composite, weights) };
    }

    private static TableSection Family(IReadOnlyList<IndicatorValue> values, IndicatorFamily family) => new()
    {
        Heading = family switch
        {
            IndicatorFamily.Satisfaction => "Shopper satisfaction",
            IndicatorFamily.Recommendation => "Recommendation effect",
            IndicatorFamily.Experience => "Shopper experience",
            IndicatorFamily.Technical => "Technical",
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Unknown family."),
        },
        Caption = "Indicators with their intervals",
        Columns = [new("indicator"), new("figure", true), new("95 % interval", true), new("unit"), new("good"), new("what")],
        Rows = [.. values.Where(value => value.Definition.Family == family && value.Figure is not null).Select(value => new ReportRow(
        [
            new TextCell(value.Definition.Name),
            new TextCell(Number(value.Figure?.Value ?? double.NaN)),
            new TextCell(value.Figure is { } figure && double.IsFinite(figure.Low) ? $"{Number(figure.Low)} to {Number(figure.High)}" : ""),
            new TextCell(value.Figure?.Unit ?? ""),
            new TextCell(Good(value.Definition.Direction)),
            new TextCell(value.Definition.Definition),
        ]))],
    };

    private static TableSection Composite(CompositeOutcome composite, PairwiseOutcome? weights) => new()
    {
        Heading = "Composite",
        Sentence = $"Against the reference: {FigureText.Percent(composite.Change.Value, true)}, {FigureText.Percent(composite.Change.Level, decimals: 0)} interval {FigureText.Percent(composite.Change.Low, true)} to {FigureText.Percent(composite.Change.High, true)}. A convenience: money decides.",
        Caption = "What the composite is made of",
        Columns = [new("indicator"), new("weight", true), new("change, good side positive", true)],
        Rows = [.. composite.Parts.Select(part => new ReportRow([new TextCell(part.Name), new TextCell(FigureText.Percent(part.Weight)), new TextCell(FigureText.Percent(part.Change, true))]))],
        Note = string.Join(" ", new[]
        {
            weights is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Weights from comparisons in pairs, consistency ratio {weights.ConsistencyRatio:0.000}{(weights.ConsistencyRatio > PairwiseWeights.ConsistencyRatioMax ? ": above 0.1, the comparisons contradict each other; look at them again" : "")}."),
            composite.LeftOut.Count == 0 ? "" : $"Left out for want of a figure or a reference: {string.Join(", ", composite.LeftOut)}; the others' weights were scaled up.",
        }.Where(text => text.Length > 0)),
    };

    private static string Json(IReadOnlyList<IndicatorValue> values, CompositeOutcome? composite, PairwiseOutcome? weights)
    {
        return FiguresJson.Text(json =>
        {
            json.WriteString("format", "touchstone.indicators/1");
            json.WriteStartArray("indicators");
            foreach (var value in values) Indicator(json, value);
            json.WriteEndArray();
            if (composite is null) json.WriteNull("composite");
            else Composite(json, composite, weights);
        });
    }

    private static void Indicator(Utf8JsonWriter json, IndicatorValue value)
    {
        json.WriteStartObject();
        json.WriteString("name", value.Definition.Name);
        json.WriteString("family", JsonNamingPolicy.KebabCaseLower.ConvertName(value.Definition.Family.ToString()));
        json.WriteString("definition", value.Definition.Definition);
        json.WriteString("good", Good(value.Definition.Direction));
        json.WriteString("source", value.Definition.Source);
        FiguresJson.Number(json, "guardrail_margin", value.Definition.GuardrailMargin);
        FiguresJson.Estimate(json, "figure", value.Figure);
        json.WriteString("not_measured", value.NotMeasured);
        json.WriteEndObject();
    }

    private static void Composite(Utf8JsonWriter json, CompositeOutcome composite, PairwiseOutcome? weights)
    {
        json.WriteStartObject("composite");
        FiguresJson.Estimate(json, "change", composite.Change);
        FiguresJson.Number(json, "consistency_ratio", weights?.ConsistencyRatio ?? double.NaN);
        json.WriteStartArray("parts");
        foreach (var part in composite.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            FiguresJson.Number(json, "weight", part.Weight);
            FiguresJson.Number(json, "change", part.Change);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        FiguresJson.Strings(json, "left_out", composite.LeftOut);
        json.WriteEndObject();
    }

    private static string Good(IndicatorDirection direction) => direction switch
    {
        IndicatorDirection.Higher => "higher",
        IndicatorDirection.Lower => "lower",
        IndicatorDirection.Neither => "neither",
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "Unknown direction."),
    };

    private static string Number(double value) => Math.Abs(value) switch
    {
        double.NaN => FigureText.Undefined,
        >= 1000 => FigureText.Count(value),
        >= 1 => FigureText.Number(value),
        _ => FigureText.Metric(value),
    };
}
