using Touchstone.Evaluation.Experiments;

namespace Touchstone.Evaluation.Reports;

/// <summary>Composes the answer about an experiment's size.</summary>
public static class PowerReport
{
    /// <summary>The document, ready to be rendered.</summary>
    public static ReportDocument Compose(PowerQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        List<ReportCard> cards = [];
        var needed = question.Needed();
        if (needed is { } units)
        {
            cards.Add(new ReportCard("units of control", FigureText.Count(units.Control), $"to find a lift of {FigureText.Percent(question.Lift, true)} with power {FigureText.Percent(question.Power, decimals: 0)} at α {FigureText.Number(question.Alpha, 4)}"));
            cards.Add(new ReportCard("units of treatment", FigureText.Count(units.Treatment), ""));
            if (!double.IsNaN(question.UnitsADay)) cards.Add(new ReportCard("days", FigureText.Count(Days(question, units)), $"at {FigureText.Count(question.UnitsADay)} units a day; whole weeks are safer"));
        }

        if (!double.IsNaN(question.ControlUnits)) cards.Add(new ReportCard("least lift found", FigureText.Percent(question.DetectableLift(), true, 2), $"with {FigureText.Count(question.ControlUnits)} units of control"));
        if (!double.IsNaN(question.PowerAtUnits())) cards.Add(new ReportCard("power", FigureText.Percent(question.PowerAtUnits()), $"for a lift of {FigureText.Percent(question.Lift, true)} with {FigureText.Count(question.ControlUnits)} units of control"));
        List<ReportSection> sections = [new CardsSection { Cards = cards }];
        if (question.Looks > 0) sections.Add(Looks(question));
        return new ReportDocument
        {
            Title = "Size of an experiment",
            Facts = [question.IsShare ? $"share {FigureText.Percent(question.Baseline, decimals: 2)} in control" : $"mean {ExperimentText.Plain(question.Baseline)}, standard deviation {ExperimentText.Plain(question.StandardDeviation)}", $"{FigureText.Number(question.TreatmentToControl, 4)} of treatment for each of control"],
            Sections = sections,
            FiguresJson = Json(question, needed),
        };
    }

    private static double Days(PowerQuestion question, NeededUnits units) => Math.Ceiling(((double)units.Control + units.Treatment) / question.UnitsADay);

    private static double[] Fractions(int looks) => [.. Enumerable.Range(1, looks).Select(look => (double)look / looks)];

    private static TableSection Looks(PowerQuestion question)
    {
        var fractions = Fractions(question.Looks);
        var (early, even) = (GroupSequential.Boundaries(fractions, question.Alpha), GroupSequential.Boundaries(fractions, question.Alpha, AlphaSpending.Pocock));
        return new TableSection
        {
            Heading = "Boundaries of planned looks",
            Sentence = "Stop where |z| of the difference passes the boundary; over all looks the error stays α.",
            Caption = "Boundary of |z| at each look",
            Columns = [new("look", true), new("share of the units", true), new("O'Brien and Fleming", true), new("Pocock", true)],
            Rows = [.. fractions.Select((fraction, i) => new ReportRow([new TextCell(FigureText.Count(i + 1)), new TextCell(FigureText.Percent(fraction)), new TextCell(FigureText.Number(early[i], 4)), new TextCell(FigureText.Number(even[i], 4))]))],
        };
    }

    private static string Json(PowerQuestion question, NeededUnits? needed) => ExperimentJson.Text(json =>
    {
        json.WriteString("format", "touchstone.power/1");
        json.WriteString("kind", question.IsShare ? "proportion" : "mean");
        json.WriteNumber("baseline", question.Baseline);
        ExperimentJson.Number(json, "standard_deviation", question.StandardDeviation);
        json.WriteNumber("alpha", question.Alpha);
        json.WriteNumber("power_wanted", question.Power);
        json.WriteNumber("treatment_to_control", question.TreatmentToControl);
        json.WriteNumber("variance_kept", question.VarianceKept);
        ExperimentJson.Number(json, "lift", question.Lift);
        ExperimentJson.Number(json, "n_control_real", needed?.ControlReal ?? double.NaN);
        ExperimentJson.Number(json, "n_control", needed?.Control ?? double.NaN);
        ExperimentJson.Number(json, "n_treatment", needed?.Treatment ?? double.NaN);
        ExperimentJson.Number(json, "days", needed is { } units && !double.IsNaN(question.UnitsADay) ? Days(question, units) : double.NaN);
        ExperimentJson.Number(json, "units_of_control", question.ControlUnits);
        ExperimentJson.Number(json, "detectable_lift", question.DetectableLift());
        ExperimentJson.Number(json, "power", question.PowerAtUnits());
        json.WriteStartArray("boundaries");
        if (question.Looks > 0)
        {
            var fractions = Fractions(question.Looks);
            var (early, even) = (GroupSequential.Boundaries(fractions, question.Alpha), GroupSequential.Boundaries(fractions, question.Alpha, AlphaSpending.Pocock));
            for (var i = 0; i < fractions.Length; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("fraction", fractions[i]);
                json.WriteNumber("obrien_fleming", early[i]);
                json.WriteNumber("pocock", even[i]);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    });
}
