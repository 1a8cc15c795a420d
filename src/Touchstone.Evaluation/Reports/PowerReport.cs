using Touchstone.Domain;
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
        var (lift, power, looks) = (question.DetectableLift(), question.PowerAtUnits(), Looks(question));
        if (needed is { } units)
        {
            cards.Add(new ReportCard("units of control", FigureText.Count(units.Control), $"to find a lift of {FigureText.Percent(question.Lift, true)} with power {FigureText.Percent(question.Power, decimals: 0)} at α {FigureText.Number(question.Alpha, 4)}"));
            cards.Add(new ReportCard("units of treatment", FigureText.Count(units.Treatment), ""));
            if (!double.IsNaN(question.UnitsADay)) cards.Add(new ReportCard("days", FigureText.Count(Days(question, units)), $"at {FigureText.Count(question.UnitsADay)} units a day; whole weeks are safer"));
        }

        if (!double.IsNaN(question.ControlUnits)) cards.Add(new ReportCard("least lift found", FigureText.Percent(lift, true, 2), $"with {FigureText.Count(question.ControlUnits)} units of control"));
        if (!double.IsNaN(power)) cards.Add(new ReportCard("power", FigureText.Percent(power), $"for a lift of {FigureText.Percent(question.Lift, true)} with {FigureText.Count(question.ControlUnits)} units of control"));
        List<ReportSection> sections = [new CardsSection { Cards = cards }];
        if (looks.Length > 0) sections.Add(Boundaries(looks));
        return new ReportDocument
        {
            Title = "Size of an experiment",
            Facts = [question.IsShare ? $"share {FigureText.Percent(question.Baseline, decimals: 2)} in control" : $"mean {FigureText.Significant(question.Baseline)}, standard deviation {FigureText.Significant(question.StandardDeviation)}", $"{FigureText.Number(question.TreatmentToControl, 4)} of treatment for each of control"],
            Sections = sections,
            FiguresJson = Json(question, needed, lift, power, looks),
        };
    }

    private static double Days(PowerQuestion question, NeededUnits units) => Math.Ceiling(((double)units.Control + units.Treatment) / question.UnitsADay);

    private static PlannedLook[] Looks(PowerQuestion question)
    {
        if (question.Looks == 0) return [];
        double[] fractions = [.. Enumerable.Range(1, question.Looks).Select(look => (double)look / question.Looks)];
        var (early, even) = (GroupSequential.Boundaries(fractions, question.Alpha), GroupSequential.Boundaries(fractions, question.Alpha, AlphaSpending.Pocock));
        return [.. fractions.Select((fraction, i) => new PlannedLook(fraction, early[i], even[i]))];
    }

    private static TableSection Boundaries(PlannedLook[] looks) => new()
    {
        Heading = "Boundaries of planned looks",
        Sentence = "Stop where |z| of the difference passes the boundary; over all looks the error stays α. The units above are those of one look: planned looks need more for the same power, at five looks and power 80 % about 1.03 times as many with the first spending and 1.23 times with the second (Jennison and Turnbull 2000).",
        Caption = "Boundary of |z| at each look",
        Columns = [new("look", true), new("share of the units", true), new("O'Brien and Fleming", true), new("Pocock", true)],
        Rows = [.. looks.Select((look, i) => new ReportRow([new TextCell(FigureText.Count(i + 1)), new TextCell(FigureText.Percent(look.Fraction)), new TextCell(FigureText.Number(look.OBrienFleming, 4)), new TextCell(FigureText.Number(look.Pocock, 4))]))],
    };

    private static string Json(PowerQuestion question, NeededUnits? needed, double lift, double power, PlannedLook[] looks) => FiguresJson.Text(json =>
    {
        json.WriteString("format", "touchstone.power/1");
        json.WriteString("kind", question.IsShare ? "proportion" : "mean");
        json.WriteNumber("baseline", question.Baseline);
        FiguresJson.Number(json, "standard_deviation", question.StandardDeviation);
        json.WriteNumber("alpha", question.Alpha);
        json.WriteNumber("power_wanted", question.Power);
        json.WriteNumber("treatment_to_control", question.TreatmentToControl);
        json.WriteNumber("variance_kept", question.VarianceKept);
        FiguresJson.Number(json, "lift", question.Lift);
        FiguresJson.Number(json, "n_control_real", needed?.ControlReal ?? double.NaN);
        FiguresJson.Number(json, "n_control", needed?.Control ?? double.NaN);
        FiguresJson.Number(json, "n_treatment", needed?.Treatment ?? double.NaN);
        FiguresJson.Number(json, "days", needed is { } units && !double.IsNaN(question.UnitsADay) ? Days(question, units) : double.NaN);
        FiguresJson.Number(json, "units_of_control", question.ControlUnits);
        FiguresJson.Number(json, "detectable_lift", lift);
        FiguresJson.Number(json, "power", power);
        json.WriteStartArray("boundaries");
        foreach (var look in looks)
        {
            json.WriteStartObject();
            json.WriteNumber("fraction", look.Fraction);
            FiguresJson.Number(json, "obrien_fleming", look.OBrienFleming);
            FiguresJson.Number(json, "pocock", look.Pocock);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private readonly record struct PlannedLook(double Fraction, double OBrienFleming, double Pocock);
}
