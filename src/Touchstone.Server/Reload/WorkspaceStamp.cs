using System.Globalization;
using System.Text;
using Touchstone.Data.Configuration;
using Touchstone.Numerics;

namespace Touchstone.Server.Reload;

/// <summary>A text that changes whenever a run, or anybody else, has changed what the server answers from. Costs a few file times.</summary>
internal static class WorkspaceStamp
{
    private static readonly string[] Stages = ["clean", "train", "index"];

    /// <summary>Times and sizes of the aliases, of the stages' manifests and of the ledger's files.</summary>
    public static string Of(WorkspaceLayout layout)
    {
        var text = new StringBuilder();
        Add(text, Path.Combine(layout.Models, "aliases.json"));
        foreach (var stage in Stages) Add(text, Path.Combine(layout.Stage(stage), "manifest.json"));
        if (!Directory.Exists(layout.Ledger)) return text.ToString();
        foreach (var file in Directory.EnumerateFiles(layout.Ledger).Order(Utf8Ordinal.Comparer)) Add(text, file);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string path)
    {
        var file = new FileInfo(path);
        text.Append(path).Append(' ');
        if (file.Exists) text.Append(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks} {file.Length}");
        text.Append('\n');
    }
}
