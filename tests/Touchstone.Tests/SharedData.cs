namespace Touchstone.Tests;

/// <summary>Finds the shared folder of real data and known answers; a test that needs it is skipped, with the reason, only where it is absent.</summary>
public static class SharedData
{
    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Path below the shared folder.</summary>
    public static string Folder(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("TOUCHSTONE_SHARED") is { Length: > 0 } stated
            ? stated
            : Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        if (!Directory.Exists(root))
            Assert.Skip($"The shared data is not at {root}: set TOUCHSTONE_SHARED to its folder.");
        return Path.Combine([root, .. parts]);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Touchstone.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Touchstone.slnx above {AppContext.BaseDirectory}.");
    }
}
