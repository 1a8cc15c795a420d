using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.RankingMetrics;
using Touchstone.Evaluation.Verdicts;

namespace Touchstone.Evaluation.Reports;

/// <summary>All that the report of a run tells, as the stages left it.</summary>
public sealed record RunEvidence
{
    /// <summary>Name of the shop.</summary>
    public required string Shop { get; init; }

    /// <summary>Other facts for the bar at the top: run, period, seed.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>The verdict; null where nothing could be judged.</summary>
    public JudgedVerdict? Verdict { get; init; }

    /// <summary>Why there is no verdict, where there is none.</summary>
    public string? NoVerdictReason { get; init; }

    /// <summary>The models, in any order.</summary>
    public required IReadOnlyList<ReportedModel> Models { get; init; }

    /// <summary>Name of the champion.</summary>
    public required string Champion { get; init; }

    /// <summary>Currency of the money metrics, ISO 4217; empty where there is no money.</summary>
    public string Currency { get; init; } = "";

    /// <summary>What cleaning did; null where it is not told.</summary>
    public CleaningAccount? Cleaning { get; init; }

    /// <summary>Example slates.</summary>
    public IReadOnlyList<ReportSlate> Slates { get; init; } = [];

    /// <summary>How the example slates were chosen.</summary>
    public string SlatesSentence { get; init; } = "";

    /// <summary>Warnings, a sentence each: leaks found, columns left out, threads that differ.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The language model; null where there is none.</summary>
    public LanguageEvidence? Language { get; init; }

    /// <summary>Stages and parts that the data cannot feed, with the reason.</summary>
    public IReadOnlyList<NotApplicable> NotApplicable { get; init; } = [];

    /// <summary>What each stage cost.</summary>
    public IReadOnlyList<StageCost> Stages { get; init; } = [];

    /// <summary>Options, seed, versions, machine, hashes: names and texts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Manifest { get; init; } = [];

    /// <summary>How to have every figure again, e.g. <c>touchstone run shop.yaml --from train</c>.</summary>
    public string? Command { get; init; }
}

/// <summary>A model with what it cost.</summary>
public sealed record ReportedModel
{
    /// <summary>How it ranked.</summary>
    public required RankingResult Result { get; init; }

    /// <summary>Against the champion; null for the champion itself.</summary>
    public PairedComparison? AgainstChampion { get; init; }

    /// <summary>Training, seconds; NaN where not measured.</summary>
    public double TrainSeconds { get; init; } = double.NaN;

    /// <summary>Peak memory of training, MiB; NaN where not measured.</summary>
    public double PeakMemoryMiB { get; init; } = double.NaN;

    /// <summary>Size on disk, MiB; NaN where not measured.</summary>
    public double SizeMiB { get; init; } = double.NaN;
}

/// <summary>A stage that did not run.</summary>
/// <param name="Stage">Stage, or part of one.</param>
/// <param name="Reason">Why.</param>
public sealed record NotApplicable(string Stage, string Reason);

/// <summary>What a stage cost.</summary>
/// <param name="Stage">Stage.</param>
/// <param name="Seconds">Time.</param>
/// <param name="PeakMemoryMiB">Peak memory, MiB; NaN where not measured.</param>
public sealed record StageCost(string Stage, double Seconds, double PeakMemoryMiB);

/// <summary>Rows in = kept + rejected + merged.</summary>
public sealed record CleaningAccount
{
    /// <summary>Rows read.</summary>
    public required long RowsIn { get; init; }

    /// <summary>Rows kept.</summary>
    public required long RowsKept { get; init; }

    /// <summary>Rules that touched rows, in the order they ran.</summary>
    public required IReadOnlyList<CleaningRuleAccount> Rules { get; init; }
}

/// <summary>What one rule did.</summary>
public sealed record CleaningRuleAccount
{
    /// <summary>Rule in words.</summary>
    public required string Rule { get; init; }

    /// <summary>What it did: rejected, merged, marked.</summary>
    public required string Effect { get; init; }

    /// <summary>Rows touched.</summary>
    public required long Rows { get; init; }

    /// <summary>Money touched, reporting currency; NaN where there is none.</summary>
    public double Money { get; init; } = double.NaN;

    /// <summary>First examples.</summary>
    public IReadOnlyList<ReportExample> Examples { get; init; } = [];
}
