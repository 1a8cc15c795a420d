using System.Text.Json;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Cli.Stages;

/// <summary>What the verdict stage leaves (<c>verdict.json</c>): the verdict with its chain of money, and every model against the champion.</summary>
internal sealed record VerdictFile
{
    /// <summary>Form of this file.</summary>
    public string Format { get; init; } = "touchstone.verdict/1";

    /// <summary>Verdict on the challenger; null where no second model was judged.</summary>
    public JudgedVerdict? Judged { get; init; }

    /// <summary>Why there is no verdict.</summary>
    public string? NoVerdictReason { get; init; }

    /// <summary>Name of the champion.</summary>
    public required string Champion { get; init; }

    /// <summary>Reporting currency; empty where there is none.</summary>
    public string Currency { get; init; } = "";

    /// <summary>How the challenger was chosen.</summary>
    public string ChosenBy { get; init; } = "";

    /// <summary>Each other model against the champion.</summary>
    public required IReadOnlyList<PairedComparison> Comparisons { get; init; }

    /// <summary>Reads it, or null where the stage did not apply.</summary>
    public static VerdictFile? Read(Workspace workspace)
    {
        var path = Path.Combine(workspace.Stage("verdict"), "verdict.json");
        return File.Exists(path) ? JsonSerializer.Deserialize<VerdictFile>(File.ReadAllText(path), StageJson.Options) : null;
    }
}
