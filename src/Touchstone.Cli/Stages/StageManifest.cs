using System.Text.Json;

namespace Touchstone.Cli.Stages;

/// <summary>What a finished stage leaves beside its outputs: enough to know whether it must run again, and how its figures came about.</summary>
internal sealed record StageManifest
{
    /// <summary>Version of this file's form.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Name of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Hash of inputs, options, seed and program; the stage is skipped while it is unchanged.</summary>
    public required string Key { get; init; }

    /// <summary>Hash of what the stage left: the next stages' input.</summary>
    public required string OutputHash { get; init; }

    /// <summary>Inputs by name with their hashes.</summary>
    public required SortedDictionary<string, string> Inputs { get; init; }

    /// <summary>Options as they counted, canonical JSON.</summary>
    public required string Options { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads of LibTorch (all else is bit-identical at any number).</summary>
    public required int LibTorchThreads { get; init; }

    /// <summary>Program, runtime and machine.</summary>
    public required SortedDictionary<string, string> Versions { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, all attempts that were killed left out.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Peak resident memory of the process during the stage, MiB; NaN where the system does not tell.</summary>
    public required double PeakMemoryMib { get; init; }

    /// <summary>Why the data cannot feed this stage; null where it ran.</summary>
    public string? NotApplicable { get; init; }

    /// <summary>What the reader should know: printed, and shown in the report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Output files (relative) with their sizes in bytes.</summary>
    public SortedDictionary<string, long> Outputs { get; init; } = [];

    /// <summary>Reads a manifest, or null where there is none or it is no manifest of this form.</summary>
    public static StageManifest? Read(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<StageManifest>(File.ReadAllText(path), StageJson.Options) is { FormatVersion: 1 } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the manifest into a stage's folder.</summary>
    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, "manifest.json"), JsonSerializer.Serialize(this, StageJson.Options));

    /// <summary>Whether every output that the manifest names is there in its size.</summary>
    public bool OutputsStand(string folder) => Outputs.All(output =>
        new FileInfo(Path.Combine(folder, output.Key)) is { Exists: true } file && file.Length == output.Value);
}
