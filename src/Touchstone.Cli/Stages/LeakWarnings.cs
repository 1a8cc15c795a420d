using System.Text.Json;

namespace Touchstone.Cli.Stages;

/// <summary>What the leakage detector warned of, kept beside the split (<c>leaks.json</c>).</summary>
internal static class LeakWarnings
{
    private const string FileName = "leaks.json";

    /// <summary>Keeps the warnings.</summary>
    public static void Write(string cleanFolder, IReadOnlyList<string> warnings) => StageJson.Write(Path.Combine(cleanFolder, FileName), warnings);

    /// <summary>Reads them.</summary>
    public static IReadOnlyList<string> Read(Workspace workspace) =>
        JsonSerializer.Deserialize<List<string>>(File.ReadAllText(Path.Combine(workspace.Stage("clean"), FileName)), StageJson.Options) ?? [];
}
