using Spectre.Console;
using Touchstone.Cli.Stages;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary>Writes what a verb found in the form that was asked for.</summary>
internal static class ReportPrinter
{
    /// <summary>What <c>--format</c> says of itself.</summary>
    public const string Formats = "text, json, html or markdown.";

    /// <summary>Refuses an unknown form.</summary>
    public static ValidationResult Check(string format) => format is "text" or "json" or "html" or "markdown"
        ? ValidationResult.Success()
        : ValidationResult.Error($"--format {format} is unknown; write {Formats}");

    /// <summary>Composes a report and writes it; Ctrl-C is answered at once, also while a reader does not look for it.</summary>
    public static async Task<int> PrintAsync(AnswerSettings settings, Func<ReportDocument> compose, CancellationToken cancellation)
    {
        Print(settings, await Task.Run(compose, cancellation).WaitAsync(cancellation).ConfigureAwait(false));
        return ExitCodes.Done;
    }

    /// <summary>Writes to standard output, and into the report of the workspace that is named.</summary>
    public static void Print(AnswerSettings settings, ReportDocument document)
    {
        if (settings.Report is not null) Keep(settings.Report, document);
        Print(settings.Format, document);
    }

    /// <summary>Adds the answer to a workspace's report, and says where it is.</summary>
    public static void Keep(string workspace, ReportDocument document)
    {
        var (page, replaced) = EvidencePages.Keep(new Workspace(Path.GetFullPath(workspace)), document, TimeProvider.System);
        Console.Error.WriteLine(FormattableString.Invariant($"Kept as {page}{(replaced is { } at ? $", in place of the answer of the same title of {at:d MMM yyyy HH:mm} UTC" : "")}."));
    }

    /// <summary>Writes to standard output.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="document">The report; its figures are what <c>json</c> writes.</param>
    public static void Print(string format, ReportDocument document) => Console.Out.Write(format switch
    {
        "json" => document.FiguresJson + "\n",
        "html" => HtmlRenderer.Render(document),
        "markdown" => MarkdownRenderer.Render(document),
        "text" => PlainTextRenderer.Render(document),
        _ => throw new UsageException($"--format {format} is unknown; write {Formats}"),
    });
}
