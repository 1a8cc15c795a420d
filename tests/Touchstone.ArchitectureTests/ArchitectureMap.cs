using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Touchstone.ArchitectureTests;

/// <summary>One row of ARCHITECTURE.md's table, or what a project really is.</summary>
/// <param name="Name">Project.</param>
/// <param name="Folders">Top folders with code, ordinal order.</param>
/// <param name="References">Projects it references, ordinal order.</param>
/// <param name="Packages">Package ids, ordinal order.</param>
internal sealed record ProjectRow(string Name, string[] Folders, string[] References, string[] Packages)
{
    /// <summary>As text, for comparing and for messages.</summary>
    public override string ToString() => $"{Name}: folders [{string.Join(", ", Folders)}], references [{string.Join(", ", References)}], packages [{string.Join(", ", Packages)}]";
}

/// <summary>The map as written and as built.</summary>
internal static partial class ArchitectureMap
{
    /// <summary>Rows of the table, by project.</summary>
    public static IReadOnlyList<ProjectRow> Written { get; } =
    [
        .. Repository.Read("ARCHITECTURE.md").Split('\n')
            .Where(line => line.StartsWith("| Touchstone", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|'))
            .Select(cells => new ProjectRow(cells[0].Trim(), [.. FolderName().Matches(cells[2]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)], List(cells[3]), List(cells[4])))
            .OrderBy(row => row.Name, StringComparer.Ordinal),
    ];

    /// <summary>The projects in <c>src/</c>.</summary>
    public static IReadOnlyList<ProjectRow> Built { get; } = [.. Repository.Projects("src").Select(Read).OrderBy(row => row.Name, StringComparer.Ordinal)];

    private static ProjectRow Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var xml = XDocument.Parse(Repository.Read(file));
        return new ProjectRow(
            name,
            [.. Repository.Sources.Select(source => source.Split('/')).Where(parts => parts[1] == name && parts.Length > 3).Select(parts => parts[2]).Distinct().Order(StringComparer.Ordinal)],
            [.. Includes(xml, "ProjectReference").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)],
            [.. Includes(xml, "PackageReference").Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(item => item.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();

    private static string[] List(string cell) => cell.Trim() == "–" ? [] : [.. cell.Split(',').Select(item => item.Trim()).Order(StringComparer.Ordinal)];

    [GeneratedRegex("`([^`/]+)/`")]
    private static partial Regex FolderName();
}
