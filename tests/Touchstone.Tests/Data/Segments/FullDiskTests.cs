using System.Diagnostics;
using Touchstone.Data.Segments;

namespace Touchstone.Tests.Data.Segments;

/// <summary>
/// A full disk and a read-only one, made real: each test starts itself again in a private mount namespace, on a tmpfs that is small or
/// read-only (root ignores permissions, so nothing less would do).
/// </summary>
public sealed class FullDiskTests
{
    private const string Mounted = "TOUCHSTONE_TEST_MOUNT";

    [Fact]
    public async Task A_full_disk_is_named_leaves_no_batch_and_keeps_what_was_committed()
    {
        if (Environment.GetEnvironmentVariable(Mounted) is { Length: > 0 } folder) OnFullDisk(folder);
        else await AgainOn("size=128k", nameof(A_full_disk_is_named_leaves_no_batch_and_keeps_what_was_committed));
    }

    [Fact]
    public async Task A_read_only_disk_is_named()
    {
        if (Environment.GetEnvironmentVariable(Mounted) is { Length: > 0 } folder)
        {
            var error = Assert.Throws<SegmentException>(() => new FactStore<Domain.IdentityLink>(Path.Combine(folder, "events")).AppendBatch("one", FactSamples.Links, TestContext.Current.CancellationToken));
            Assert.Contains("Read-only file system", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("free space or make the folder writable, or choose another workspace with --workspace DIR.", error.Message, StringComparison.Ordinal);
        }
        else await AgainOn("ro", nameof(A_read_only_disk_is_named));
    }

    private static void OnFullDisk(string folder)
    {
        var store = new FactStore<Domain.Interaction>(folder);
        var rows = Enumerable.Range(0, 1000).Select(i => FactSamples.Interactions[1] with { Line = i });
        var error = Assert.Throws<SegmentException>(() => store.AppendBatch("big", rows, TestContext.Current.CancellationToken));
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));

        var writer = store.OpenLive("now");
        var committed = 0;
        void Fill()
        {
            for (; committed < 1000; committed++)
            {
                writer.Append(FactSamples.Interactions[0] with { Query = new string('x', 2000) });
                writer.Commit();
            }
        }

        Assert.Throws<SegmentException>(Fill);
        Assert.True(committed > 10);
        Assert.Equal(committed, store.Read().Take(committed).Count());
    }

    private static async Task AgainOn(string options, string method)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("A private mount needs Linux.");
        if (!Environment.IsPrivilegedProcess) Assert.Skip("A private mount needs root.");
        using var files = new ScratchFiles();
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-m", "sh", "-c", "mount -t tmpfs -o \"$1\" tmpfs \"$2\" || exit 77; shift; cd /; exec dotnet \"$2\" -method \"$3\"", "sh", options, files.Folder, typeof(FullDiskTests).Assembly.Location, $"{typeof(FullDiskTests).FullName}.{method}"])
            start.ArgumentList.Add(argument);
        start.Environment[Mounted] = files.Folder;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("unshare did not start.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode == 77) Assert.Skip($"This machine does not let a test mount a tmpfs: {await errors}");
        Assert.True(process.ExitCode == 0, await output + await errors);
    }
}
