using System.Text.RegularExpressions;

namespace Touchstone.ArchitectureTests;

public sealed partial class FenceTests
{
    /// <summary>Projects whose folders are alternatives to each other, not layers.</summary>
    private static readonly string[] Sliced = ["Touchstone.Recommendation", "Touchstone.Learning"];

    /// <summary>What every training stands on, so that any slice of Learning may use it.</summary>
    private static readonly string[] Foundations = ["Networks", "Optimisation", "Tracking"];

    [Fact]
    public void Numerics_knows_nothing_of_Domain() =>
        Assert.DoesNotContain(Uses(), use => use is { Project: "Touchstone", From: "Numerics", To: "Domain" });

    [Fact]
    public void Sibling_slices_do_not_know_each_other()
    {
        string[] crossings = [.. Uses().Where(use => Sliced.Contains(use.Project) && !Foundations.Contains(use.To)).Select(use => $"{use.File} uses {use.Project}.{use.To}")];
        Assert.True(crossings.Length == 0, "Move what both need above the slices:\n" + string.Join('\n', crossings));
    }

    [Fact]
    public void Folders_of_a_project_do_not_use_each_other_in_a_circle()
    {
        foreach (var project in Uses().GroupBy(use => use.Project))
        {
            var edges = project.Select(use => (use.From, use.To)).Distinct().ToList();
            // Take away folders that use none of those left; what remains is a circle.
            for (var leaves = -1; leaves != 0;)
                leaves = edges.RemoveAll(edge => !edges.Exists(other => other.From == edge.To));
            Assert.True(edges.Count == 0, $"{project.Key} has a circle: {string.Join(", ", edges.Select(edge => $"{edge.From} → {edge.To}"))}.");
        }
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        string[] named = [.. Repository.Sources.SelectMany(file => EmptyName().Matches(Repository.Read(file)).Select(match => $"{file}: {match.Groups[1].Value}"))];
        Assert.True(named.Length == 0, "Find the concept and name it:\n" + string.Join('\n', named));
    }

    [Fact]
    public void No_source_file_passes_400_lines()
    {
        string[] lengthy = [.. Repository.Sources.Select(file => (File: file, Lines: Repository.Read(file).Count(letter => letter == '\n'))).Where(file => file.Lines > 400).Select(file => $"{file.File}: {file.Lines} lines")];
        Assert.True(lengthy.Length == 0, "Split by concern:\n" + string.Join('\n', lengthy));
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        foreach (var file in Repository.Sources)
        {
            var stated = Namespace().Match(Repository.Read(file));
            if (!stated.Success) continue;
            var folder = file[4..file.LastIndexOf('/')].Replace('/', '.');
            Assert.True(stated.Groups[1].Value == folder, $"{file} states namespace {stated.Groups[1].Value}; expected {folder}.");
        }
    }

    [Fact]
    public void No_tracked_file_names_a_path_of_somebodys_machine()
    {
        string[] kinds = [".cs", ".csproj", ".props", ".md", ".json", ".yaml", ".yml", ".txt", ".css", ".html", ".slnx", ""];
        string[] named =
        [
            .. Repository.Files.Where(file => kinds.Contains(Path.GetExtension(file)))
                .SelectMany(file => MachinePath().Matches(Repository.Read(file)).Select(match => $"{file}: {match.Value}")),
        ];
        Assert.True(named.Length == 0, "Make it relative, or take it from the environment:\n" + string.Join('\n', named));
    }

    private static IEnumerable<(string Project, string From, string To, string File)> Uses()
    {
        foreach (var file in Repository.Sources)
        {
            var parts = file.Split('/');
            if (parts.Length < 4) continue;
            var folders = ArchitectureMap.Built.First(row => row.Name == parts[1]).Folders;
            var text = Repository.Read(file);
            foreach (var folder in folders)
            {
                // Any mention counts, so that a full name in the code is no way around the fence.
                if (folder != parts[2] && Regex.IsMatch(text, $@"\b{Regex.Escape(parts[1])}\.{folder}\b")) yield return (parts[1], parts[2], folder, file);
            }
        }
    }

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(\w*(?:Manager|Helper|Helpers|Utils|Utilities|Common|Info|Impl))\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // A home folder with a name, a drive's users, this project's own working places.
    [GeneratedRegex(@"(?<![\w.$}/])/(?:home|Users)/\w+|(?<![\w.$}/])/[r]oot/|(?<![\w.$}/])/[w]ork/|\b[A-Z]:\\{1,2}Users")]
    private static partial Regex MachinePath();
}
