namespace Touchstone.PathTests;

/// <summary>A run that is stopped anywhere loses nothing: the same command goes on, to the same verdict.</summary>
public sealed class InterruptionTests(SimulatedFixture shop) : IClassFixture<SimulatedFixture>
{
    [Theory]
    [InlineData("ingest")]
    [InlineData("clean")]
    [InlineData("pretrain")]
    [InlineData("finetune")]
    [InlineData("deploy")]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("verdict")]
    [InlineData("report")]
    public async Task Stopped_by_Ctrl_C_in_a_stage_the_run_goes_on_to_the_same_verdict(string stage)
    {
        using var folder = new TemporaryFolder();
        string[] command = ["run", shop.Yaml, "--workspace", folder.File("ws")];

        var stopped = await TouchstoneProcess.RunAsync(folder.Path, "… " + stage, command);
        var resumed = await TouchstoneProcess.RunAsync(folder.Path, command);

        // A stage may end before the signal arrives: then the run is whole already.
        Assert.True(stopped.ExitCode is 130 or 0, stopped.Output + stopped.Error);
        if (stopped.ExitCode == 130)
            Assert.Contains("Stopped. What was finished is kept; the same command goes on from there.", stopped.Error, StringComparison.Ordinal);
        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Error);
        Assert.Equal(shop.Verdict, File.ReadAllText(folder.File("ws/stages/verdict/verdict.json")));
    }

    [Theory]
    [InlineData("train", "clean     unchanged")]
    [InlineData("pretrain", "clean     unchanged")]
    [InlineData("finetune", "pretrain  unchanged")]
    public async Task Killed_outright_in_training_the_run_goes_on_to_the_same_verdict(string stage, string kept)
    {
        using var folder = new TemporaryFolder();
        string[] command = ["run", shop.Yaml, "--workspace", folder.File("ws")];

        await TouchstoneProcess.RunAsync(folder.Path, "… " + stage, command, "-KILL");
        var resumed = await TouchstoneProcess.RunAsync(folder.Path, command);

        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Error);
        Assert.Contains(kept, resumed.Output, StringComparison.Ordinal);
        Assert.Equal(shop.Verdict, File.ReadAllText(folder.File("ws/stages/verdict/verdict.json")));
    }

    [Fact]
    public async Task A_run_with_another_number_of_LibTorch_threads_warns_and_trains_again()
    {
        using var folder = new TemporaryFolder();
        var yaml = Path.Combine(Path.GetDirectoryName(shop.Yaml) ?? "", "threads.yaml");
        File.WriteAllText(yaml, File.ReadAllText(shop.Yaml));
        string[] command = ["run", yaml, "--workspace", folder.File("ws")];

        var first = await TouchstoneProcess.RunAsync(folder.Path, command);
        File.AppendAllText(yaml, "threads: 1\n");
        var second = await TouchstoneProcess.RunAsync(folder.Path, command);

        Assert.DoesNotContain("warning: the run before", first.Output, StringComparison.Ordinal);
        Assert.Contains("warning: the run before trained with 2 threads of LibTorch, this one with 1", second.Output, StringComparison.Ordinal);
        Assert.Contains("clean     unchanged", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_on_one_workspace_is_refused_and_the_first_is_not_disturbed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("ws"));
        using var held = new FileStream(folder.File("ws/run.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var run = await TouchstoneProcess.RunAsync(folder.Path, "run", shop.Yaml, "--workspace", folder.File("ws"));

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("Another run is at work in", run.Error, StringComparison.Ordinal);
        Assert.Equal(["run.lock"], Directory.EnumerateFileSystemEntries(folder.File("ws")).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task A_full_disk_is_named_and_the_same_command_goes_on_when_there_is_room()
    {
        using var folder = new TemporaryFolder();
        await RequireNamespacesAsync(folder);

        var run = await TouchstoneProcess.ShellAsync(folder.Path, $"mkdir ws && unshare -m bash -c 'mount -t tmpfs -o size=200k none ws && dotnet \"$touchstone\" run \"{shop.Yaml}\" --workspace ws'");
        var after = await TouchstoneProcess.RunAsync(folder.Path, "run", shop.Yaml, "--workspace", "ws");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("No space left", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, after.ExitCode);
    }

    [Fact]
    public async Task A_read_only_workspace_is_named_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        await RequireNamespacesAsync(folder);

        var run = await TouchstoneProcess.ShellAsync(folder.Path, $"mkdir ws && unshare -m bash -c 'mount -t tmpfs -o ro none ws && dotnet \"$touchstone\" run \"{shop.Yaml}\" --workspace ws'");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("read-only", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("--workspace", run.Error, StringComparison.Ordinal);
    }

    private static async Task RequireNamespacesAsync(TemporaryFolder folder)
    {
        var probe = await TouchstoneProcess.ShellAsync(folder.Path, "unshare -m true");
        if (probe.ExitCode != 0) Assert.Skip("Needs a private mount namespace (unshare -m), which this machine does not allow.");
    }
}
