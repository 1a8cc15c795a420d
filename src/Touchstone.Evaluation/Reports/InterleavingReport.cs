using Touchstone.Evaluation.Interleaving;

namespace Touchstone.Evaluation.Reports;

/// <summary>What a log of interleaved lists says, as a report.</summary>
public static class InterleavingReport
{
    private const int QueriesShown = 20;

    /// <summary>The document, ready to be rendered.</summary>
    /// <param name="result">The result.</param>
    /// <param name="file">Name of the log.</param>
    public static ReportDocument Compose(InterleavingResult result, string file)
    {
        ArgumentNullException.ThrowIfNull(result);
        List<ReportSection> sections = [Head(result)];
        if (result.Warnings.Count > 0) sections.Add(new NotesSection { Heading = "Read this first", Notes = result.Warnings, IsWarning = true });
        sections.AddRange([Pairs(result), Power(result)]);
        if (result.Queries.Count > 0) sections.Add(Queries(result));
        sections.Add(new NotesSection { Heading = "How it was measured", Notes = [.. Method(result)] });
        return new ReportDocument
        {
            Title = $"Interleaving of {string.Join(", ", result.Rankings)}",
            Facts = [file, $"{FigureText.Count(result.ListCount)} lists", $"{FigureText.Count(result.ClickedListCount)} clicked", result.Method],
            Sections = sections,
            FiguresJson = InterleavingJson.Write(result),
        };
    }

    private static NotesSection Head(InterleavingResult result) => new() { Heading = "Preference", Notes = [.. result.Pairs.Select(Sentence)] };

    private static string Sentence(PairPreference pair)
    {
        var value = pair.Preference;
        var interval = $"preference {FigureText.Metric(value.Value, true)}, {FigureText.Percent(value.Level, decimals: 0)} interval {FigureText.Metric(value.Low, true)} to {FigureText.Metric(value.High, true)}";
        return value.Low > 0 ? $"Shoppers prefer {pair.First} to {pair.Second}: {interval}."
            : value.High < 0 ? $"Shoppers prefer {pair.Second} to {pair.First}: {interval}."
            : double.IsNaN(value.Low) ? $"{pair.First} against {pair.Second}: preference {FigureText.Metric(value.Value, true)}, without variance between units, so no interval; sign test p {FigureText.PValue(pair.SignTestP)}."
            : $"No preference between {pair.First} and {pair.Second} can be told: {interval}.";
    }

    private static TableSection Pairs(InterleavingResult result)
    {
        var reach = result.Pairs.SelectMany(pair => new[] { Math.Abs(pair.Preference.Low), Math.Abs(pair.Preference.High), Math.Abs(pair.Preference.Value) }).Where(double.IsFinite).DefaultIfEmpty(0.5).Max();
        var scale = Math.Max(reach, 0.01);
        var hasCredit = result.Pairs.Any(pair => pair.MeanCredit is not null);
        List<ReportColumn> columns = [new("pair"), new("won", true), new("lost", true), new("ties", true), new("preference", true), new("won of decided", true), new("sign test p", true)];
        if (result.Pairs.Count > 1) columns.Add(new("Holm p", true));
        if (hasCredit) columns.Add(new("mean credit", true));
        return new TableSection
        {
            Heading = "Wins",
            Caption = "Lists won by each ranking",
            Columns = columns,
            Rows = [.. result.Pairs.Select(pair => new ReportRow([.. Cells(pair)]))],
            Note = $"Intervals of the preference cluster by {result.UnitName} ({FigureText.Count(result.UnitCount)}); the sign test and the share take lists as independent.",
        };

        IEnumerable<ReportCell> Cells(PairPreference pair)
        {
            yield return new TextCell($"{pair.First} – {pair.Second}");
            yield return new TextCell(FigureText.Count(pair.Wins));
            yield return new TextCell(FigureText.Count(pair.Losses));
            yield return new TextCell(FigureText.Count(pair.Ties));
            yield return new IntervalCell($"{FigureText.Metric(pair.Preference.Value, true)} ({FigureText.Metric(pair.Preference.Low, true)} to {FigureText.Metric(pair.Preference.High, true)})", pair.Preference.Value, pair.Preference.Low, pair.Preference.High, -scale, scale);
            yield return new TextCell($"{FigureText.Percent(pair.WinShare.Value)} ({FigureText.Percent(pair.WinShare.Low)} to {FigureText.Percent(pair.WinShare.High)})");
            yield return new TextCell(FigureText.PValue(pair.SignTestP));
            if (result.Pairs.Count > 1) yield return new TextCell(FigureText.PValue(pair.AdjustedP));
            if (hasCredit) yield return new TextCell(pair.MeanCredit is { } credit ? $"{FigureText.Metric(credit.Value, true)} ({FigureText.Metric(credit.Low, true)} to {FigureText.Metric(credit.High, true)})" : "");
        }
    }

    private static TableSection Power(InterleavingResult result) => new()
    {
        Heading = "Power",
        Sentence = "What as many lists can tell from nothing: two-sided 5 %, power 80 %.",
        Caption = "Power of the comparison",
        Columns = [new("pair"), new("least preference seen", true), new("clicked lists for the one found", true), new("shown lists for it", true)],
        Rows = [.. result.Pairs.Select(pair => new ReportRow(
        [
            new TextCell($"{pair.First} – {pair.Second}"),
            new TextCell(FigureText.Metric(pair.DetectablePreference)),
            new TextCell(FigureText.Count(pair.ListsNeeded)),
            new TextCell(FigureText.Count(Math.Ceiling(pair.ListsNeeded * result.ListCount / result.ClickedListCount))),
        ]))],
    };

    private static TableSection Queries(InterleavingResult result) => new()
    {
        Heading = "Queries",
        Caption = "Preference by query",
        Columns = [new("query"), new("lists", true), new($"{result.Rankings[0]} won", true), new($"{result.Rankings[1]} won", true), new("ties", true), new("preference", true), new("sign test p", true)],
        Rows = [.. result.Queries.Take(QueriesShown).Select(query => new ReportRow(
        [
            new TextCell(query.Query),
            new TextCell(FigureText.Count(query.Lists)),
            new TextCell(FigureText.Count(query.Wins)),
            new TextCell(FigureText.Count(query.Losses)),
            new TextCell(FigureText.Count(query.Ties)),
            new TextCell(FigureText.Metric(query.Preference, true)),
            new TextCell(FigureText.PValue(query.SignTestP)),
        ]))],
        Note = (result.Queries.Count > QueriesShown ? $"The {QueriesShown} most frequent of {FigureText.Count(result.Queries.Count)} queries; JSON holds all. " : "") + "Not corrected for the number of queries: a p below .05 among many is to be expected.",
    };

    private static IEnumerable<string> Method(InterleavingResult result)
    {
        yield return $"Credit: {result.Method}. A product clicked twice counts once.";
        yield return $"Lists without a click ({FigureText.Count(result.ListCount - result.ClickedListCount)}) say nothing and are left out.";
        yield return "Preference is (wins + ties/2) / clicked lists − 1/2, from −.5 to .5; above 0 favours the first of a pair.";
    }
}
