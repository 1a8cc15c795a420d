using System.Globalization;
using System.Text;
using Touchstone.Evaluation.Reports;
using Touchstone.Numerics;

namespace Touchstone.Cli.Stages;

/// <summary>
/// Answers of the judge that a shop's report leads to: a page each in the workspace's folder <c>evidence/</c>, with its figures as JSON beside it,
/// and a list of them. An answer replaces an earlier one of the same title.
/// </summary>
internal static class EvidencePages
{
    private const string Index = "index.html", Entry = ".page.json";
    private const int NameLengthMax = 80;

    /// <summary>Where the report finds the list.</summary>
    public const string FromReport = "evidence/" + Index;

    /// <summary>Keeps an answer.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="document">The answer.</param>
    /// <param name="time">Clock.</param>
    /// <returns>Path of the page, and when the answer was kept whose place it takes; null for none.</returns>
    public static (string Page, DateTimeOffset? Replaced) Keep(Workspace workspace, ReportDocument document, TimeProvider time)
    {
        var name = NameOf(document.Title);
        var folder = Directory.CreateDirectory(FolderOf(workspace)).FullName;
        var page = Path.Combine(folder, name + ".html");
        StageJson.WriteText(page, HtmlRenderer.Render(document with { Pages = [new("run", "../" + Path.GetFileName(workspace.Report)), new("evidence", Index), new(document.Title, null)] }));
        StageJson.WriteText(Path.Combine(folder, name + ".json"), document.FiguresJson + "\n");
        var replaced = StageJson.ReadIfThere<PageEntry>(Path.Combine(folder, name + Entry))?.Kept;
        StageJson.Write(Path.Combine(folder, name + Entry), new PageEntry { Title = document.Title, Facts = document.Facts, Finding = FindingOf(document), Kept = time.GetUtcNow() });
        List(workspace);
        return (page, replaced);
    }

    /// <summary>Writes the list of what is kept, so that the report has where to lead.</summary>
    public static void List(Workspace workspace)
    {
        var folder = Directory.CreateDirectory(FolderOf(workspace)).FullName;
        var entries = Directory.EnumerateFiles(folder, "*" + Entry).Select(path => (Name: Path.GetFileName(path)[..^Entry.Length], Page: StageJson.ReadIfThere<PageEntry>(path)))
            .OrderByDescending(entry => entry.Page?.Kept).ThenBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        var links = entries.Select(entry => entry.Page is { } kept ? new ReportLink(kept.Title, entry.Name + ".html", string.Create(CultureInfo.InvariantCulture, $"{string.Join(" · ", kept.Facts)} · {kept.Kept:d MMM yyyy HH:mm} UTC{(kept.Finding.Length > 0 ? ". " : "")}{kept.Finding}")) : null).OfType<ReportLink>().ToList();
        StageJson.WriteText(Path.Combine(folder, Index), HtmlRenderer.Render(new ReportDocument
        {
            Title = "Evidence",
            Facts = [string.Create(CultureInfo.InvariantCulture, $"{links.Count} {(links.Count == 1 ? "page" : "pages")}")],
            Pages = [new("run", "../" + Path.GetFileName(workspace.Report)), new("evidence", null)],
            Sections =
            [
                new LinksSection
                {
                    Sentence = links.Count == 0
                        ? "Nothing yet beyond the run's own report. Experiments, policies, interleaving, uplift, rankings and verdicts are added by their verbs, e.g. touchstone evaluate experiment … --report DIR with this workspace as DIR."
                        : "What was judged for this shop beside its runs, the newest first.",
                    Links = links,
                },
            ],
        }));
    }

    private static string FolderOf(Workspace workspace) => Path.Combine(workspace.Folder, "evidence");

    private static string FindingOf(ReportDocument document) =>
        document.Finding ?? document.Sections.OfType<VerdictSection>().Select(verdict => verdict.Sentence).Concat(document.Sections.Select(section => section.Sentence ?? (section is NotesSection { Notes.Count: > 0 } notes ? notes.Notes[0] : null)))
            .OfType<string>().FirstOrDefault() ?? "";

    // Of letters, digits, dots and underscores, so that every file system and address takes it; what else a title holds is told apart by its hash.
    private static string NameOf(string title)
    {
        var name = new StringBuilder();
        foreach (var c in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || (c is '.' or '_' && name.Length > 0)) name.Append(c);
            else if (name.Length > 0 && name[^1] != '-') name.Append('-');
        }

        var text = name.ToString().Trim('-');
        return text.Length <= NameLengthMax && text == title.ToLowerInvariant().Replace(' ', '-') ? text : $"{text[..Math.Min(text.Length, NameLengthMax)]}-{StableHash.Of(title):x16}";
    }

    private sealed record PageEntry
    {
        public required string Title { get; init; }

        public required IReadOnlyList<string> Facts { get; init; }

        public required string Finding { get; init; }

        public required DateTimeOffset Kept { get; init; }
    }
}
