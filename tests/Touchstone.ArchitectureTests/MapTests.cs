namespace Touchstone.ArchitectureTests;

public sealed class MapTests
{
    [Fact]
    public void Projects_folders_references_and_packages_equal_the_map()
    {
        Assert.NotEmpty(ArchitectureMap.Written);
        var written = ArchitectureMap.Written.Select(row => row.ToString()).ToArray();
        var built = ArchitectureMap.Built.Select(row => row.ToString()).ToArray();
        var onlyWritten = written.Except(built, StringComparer.Ordinal).Select(row => "in ARCHITECTURE.md  " + row);
        var onlyBuilt = built.Except(written, StringComparer.Ordinal).Select(row => "in src/             " + row);
        string[] differences = [.. onlyWritten.Concat(onlyBuilt).OrderBy(row => row[20..], StringComparer.Ordinal)];
        Assert.True(differences.Length == 0, "The map and the projects differ; change the row first, with its reason:\n" + string.Join('\n', differences));
    }

    [Fact]
    public void Only_heads_reference_the_judge()
    {
        string[] heads = ["Touchstone.Cli", "Touchstone.Server"];
        foreach (var project in ArchitectureMap.Built.Where(project => !heads.Contains(project.Name)))
            Assert.DoesNotContain("Touchstone.Evaluation", project.References);
    }

    [Fact]
    public void Only_Cli_references_Learning_so_that_the_server_never_loads_LibTorch()
    {
        foreach (var project in ArchitectureMap.Built.Where(project => project.Name != "Touchstone.Cli"))
            Assert.DoesNotContain("Touchstone.Learning", project.References);
    }

    [Fact]
    public void No_project_references_a_head()
    {
        foreach (var project in ArchitectureMap.Built)
        {
            Assert.DoesNotContain("Touchstone.Cli", project.References);
            Assert.DoesNotContain("Touchstone.Server", project.References);
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Touchstone.slnx");
        foreach (var project in new[] { "src", "tests", "benchmarks" }.SelectMany(Repository.Projects))
            Assert.Contains($"Path=\"{project}\"", solution, StringComparison.Ordinal);
    }
}
