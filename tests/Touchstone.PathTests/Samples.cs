namespace Touchstone.PathTests;

/// <summary>The samples of the repository, copied and trimmed for a test.</summary>
internal static class Samples
{
    /// <summary>Writes a sample's shop.yaml into a folder, with files of the shared data replaced by trimmed copies and models named.</summary>
    public static string Copy(string sample, TemporaryFolder folder, string models, params (string SharedFile, int Lines)[] trimmed)
    {
        var shared = Tests.SharedData.Folder();
        var text = File.ReadAllText(Path.Combine(Tests.SharedData.Repository, "samples", sample, "shop.yaml"))
            .Replace("${TOUCHSTONE_SHARED:-../../../shared}", shared, StringComparison.Ordinal);
        foreach (var (file, lines) in trimmed)
        {
            var copy = folder.File(Path.GetFileName(file));
            File.WriteAllLines(copy, File.ReadLines(Path.Combine(shared, file)).Take(lines));
            text = text.Replace(Path.Combine(shared, file), copy, StringComparison.Ordinal);
        }

        // The language model has path tests of its own; here it would take minutes.
        var language = text.Contains("\npretrain:", StringComparison.Ordinal) ? "" : "pretrain: false\n";
        return folder.Write("shop.yaml", text + $"\nmodels: [{models}]\n{language}");
    }
}
