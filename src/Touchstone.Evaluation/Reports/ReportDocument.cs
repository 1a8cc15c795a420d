namespace Touchstone.Evaluation.Reports;

/// <summary>A report in neutral sections: what is said, not how it looks. Rendering it twice gives the same bytes.</summary>
public sealed record ReportDocument
{
    /// <summary>Title of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Facts beside the name in the bar at the top: shop, run, period, seed.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>BCP 47 language of the page.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Sections from top to bottom.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>Pages of the same shop, in the order of the bar below the top; empty where the page stands alone.</summary>
    public IReadOnlyList<ReportPage> Pages { get; init; } = [];

    /// <summary>What the page says in a sentence, for a list of pages; null for the first sentence that stands on it.</summary>
    public string? Finding { get; init; }

    /// <summary>Every figure of the page as JSON, embedded for machines; null for none.</summary>
    public string? FiguresJson { get; init; }
}

/// <summary>A page in the bar below the top.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Href">Where it is, relative to the page that links to it; null for that page itself.</param>
public sealed record ReportPage(string Text, string? Href);

/// <summary>How a figure stands: better, worse, neither, worth money.</summary>
public enum Tone
{
    /// <summary>Neither.</summary>
    Plain,

    /// <summary>Better.</summary>
    Good,

    /// <summary>Worse.</summary>
    Bad,

    /// <summary>Value in money: the only use of gold.</summary>
    Value,
}

/// <summary>A part of the page.</summary>
public abstract record ReportSection
{
    /// <summary>Heading; null for none.</summary>
    public string? Heading { get; init; }

    /// <summary>What the section says in a sentence; null for none.</summary>
    public string? Sentence { get; init; }
}

/// <summary>The verdict: on top, in one sentence.</summary>
public sealed record VerdictSection : ReportSection
{
    /// <summary>Decision in a word: try, ship, hold, roll back.</summary>
    public required string Decision { get; init; }

    /// <summary>The part of the sentence that is money, as it stands there; null where there is none.</summary>
    public string? Money { get; init; }

    /// <summary>The money in full, shown on hovering; null where there is none.</summary>
    public string? MoneyInFull { get; init; }

    /// <summary>What stands below, a paragraph each.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }
}

/// <summary>Key figures side by side.</summary>
public sealed record CardsSection : ReportSection
{
    /// <summary>The cards.</summary>
    public required IReadOnlyList<ReportCard> Cards { get; init; }
}

/// <summary>One key figure.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Figure">The figure as text.</param>
/// <param name="Note">Its interval, or what it compares with.</param>
/// <param name="Tone">How it stands.</param>
/// <param name="Full">The figure in full, shown on hovering; null where the text is full.</param>
public sealed record ReportCard(string Name, string Figure, string Note, Tone Tone = Tone.Plain, string? Full = null);

/// <summary>A table.</summary>
public sealed record TableSection : ReportSection
{
    /// <summary>What the table holds, for those who cannot see it.</summary>
    public required string Caption { get; init; }

    /// <summary>Columns.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>Rows, each with a cell a column.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>What stands below the table; null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>A column.</summary>
/// <param name="Heading">Heading.</param>
/// <param name="IsNumeric">Whether it is set flush right.</param>
public sealed record ReportColumn(string Heading, bool IsNumeric = false);

/// <summary>A row.</summary>
/// <param name="Cells">A cell a column.</param>
/// <param name="IsMarked">Whether it is the row the report is about.</param>
public sealed record ReportRow(IReadOnlyList<ReportCell> Cells, bool IsMarked = false);

/// <summary>Content of a cell.</summary>
public abstract record ReportCell;

/// <summary>Text, perhaps with a chip behind it, perhaps opening to examples.</summary>
/// <param name="Text">Text.</param>
/// <param name="Chip">A word in a chip; null for none.</param>
/// <param name="Full">Full figure shown on hovering; null where the text is full.</param>
/// <param name="Examples">What opening the cell shows; null where it does not open.</param>
public sealed record TextCell(string Text, string? Chip = null, string? Full = null, IReadOnlyList<ReportExample>? Examples = null) : ReportCell;

/// <summary>An example with where it stands.</summary>
/// <param name="Place">File and line, e.g. <c>events.csv:1042</c>.</param>
/// <param name="Text">What stands there.</param>
public sealed record ReportExample(string Place, string Text);

/// <summary>A figure with its interval, drawn on the scale of its column.</summary>
/// <param name="Text">Figure and interval in words, e.g. <c>+41.2 %, 95 % interval +33.0 to +49.1</c>.</param>
/// <param name="Value">Figure.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="ScaleLow">Left end of the scale.</param>
/// <param name="ScaleHigh">Right end of the scale.</param>
public sealed record IntervalCell(string Text, double Value, double Low, double High, double ScaleLow, double ScaleHigh) : ReportCell;

/// <summary>Bars from a gain to what is left of it.</summary>
public sealed record WaterfallSection : ReportSection
{
    /// <summary>The picture in words.</summary>
    public required string Description { get; init; }

    /// <summary>Bars, left to right.</summary>
    public required IReadOnlyList<ReportBar> Bars { get; init; }
}

/// <summary>A bar that adds to, or takes from, the bars before it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Figure">The figure as text.</param>
/// <param name="Amount">Its size.</param>
/// <param name="IsTotal">Whether it starts at 0.</param>
/// <param name="Tone">How it stands.</param>
public sealed record ReportBar(string Name, string Figure, double Amount, bool IsTotal, Tone Tone);

/// <summary>Small charts side by side, one a metric.</summary>
public sealed record ChartsSection : ReportSection
{
    /// <summary>Charts.</summary>
    public required IReadOnlyList<ReportChart> Charts { get; init; }
}

/// <summary>A small line chart over a few named points.</summary>
/// <param name="Name">What is drawn.</param>
/// <param name="Points">Names of the points, e.g. cut-offs.</param>
/// <param name="Series">Lines.</param>
public sealed record ReportChart(string Name, IReadOnlyList<string> Points, IReadOnlyList<ReportSeries> Series);

/// <summary>A line.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Values">[point] values.</param>
/// <param name="Weight">How much it stands out.</param>
public sealed record ReportSeries(string Name, IReadOnlyList<double> Values, SeriesWeight Weight);

/// <summary>How much a line stands out.</summary>
public enum SeriesWeight
{
    /// <summary>In the background.</summary>
    Other,

    /// <summary>The model compared with.</summary>
    Champion,

    /// <summary>The model the report is about.</summary>
    Challenger,
}

/// <summary>Slates as shoppers would see them.</summary>
public sealed record SlatesSection : ReportSection
{
    /// <summary>The slates.</summary>
    public required IReadOnlyList<ReportSlate> Slates { get; init; }
}

/// <summary>One slate.</summary>
/// <param name="History">What the shopper had before, newest first.</param>
/// <param name="Products">Products from the first rank on.</param>
/// <param name="Note">What became of what it missed; null for nothing.</param>
public sealed record ReportSlate(IReadOnlyList<string> History, IReadOnlyList<ReportSlateProduct> Products, string? Note = null);

/// <summary>A product in a slate.</summary>
/// <param name="Title">Title, or id where it has none.</param>
/// <param name="IsBought">Whether the shopper took it next.</param>
public sealed record ReportSlateProduct(string Title, bool IsBought);

/// <summary>Sentences as a list.</summary>
public sealed record NotesSection : ReportSection
{
    /// <summary>A sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether they are warnings.</summary>
    public bool IsWarning { get; init; }
}

/// <summary>Other pages.</summary>
public sealed record LinksSection : ReportSection
{
    /// <summary>A page each.</summary>
    public required IReadOnlyList<ReportLink> Links { get; init; }
}

/// <summary>Another page.</summary>
/// <param name="Text">What it holds.</param>
/// <param name="Href">Where it is, relative to this page.</param>
/// <param name="Note">What stands behind it: what was found, and when.</param>
public sealed record ReportLink(string Text, string Href, string Note);

/// <summary>What opens on a click.</summary>
public sealed record DetailsSection : ReportSection
{
    /// <summary>Parts that open.</summary>
    public required IReadOnlyList<ReportDetail> Details { get; init; }
}

/// <summary>A part that opens.</summary>
/// <param name="Summary">What it holds.</param>
/// <param name="Entries">Names and texts.</param>
/// <param name="IsOpen">Whether it is open at first.</param>
public sealed record ReportDetail(string Summary, IReadOnlyList<KeyValuePair<string, string>> Entries, bool IsOpen = false);

/// <summary>Sections side by side where there is room.</summary>
public sealed record PairSection : ReportSection
{
    /// <summary>The sections.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }
}
