using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Stages;

/// <summary>Runs stages in order; skips what is unchanged; goes on where a killed run stopped.</summary>
internal sealed class Pipeline(ShopConfiguration shop, Workspace workspace, TimeProvider time, IRunView view)
{
    /// <summary>The stages that exist, in order.</summary>
    public static IReadOnlyList<IStage> Stages { get; } =
        [new IngestStage(), new CleanStage(), new TrainStage(), new IndexStage(), new EvaluateStage(), new VerdictStage(), new ReportStage()];

    /// <summary>How the warning begins that two runs differ in LibTorch's threads.</summary>
    public const string ThreadWarning = "warning: the run before trained with";

    /// <summary>Runs the stages from one to another, both included. The caller has taken the workspace.</summary>
    /// <exception cref="WorkspaceException">A stage before the first asked for has not been run.</exception>
    public async Task RunAsync(string from, string to, CancellationToken cancellation)
    {
        var first = IndexOf(from);
        var last = IndexOf(to);
        if (first > last) throw new UsageException($"--from {from} comes after --to {to}; the order is {string.Join(", ", Stages.Select(stage => stage.Name))}.");
        var inputs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i <= last; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stage = Stages[i];
            StageManifest manifest;
            if (i < first)
            {
                manifest = Earlier(stage, inputs)
                    ?? throw new WorkspaceException($"Stage {stage.Name} has not been run in {workspace.Folder}. Run without --from or --only first.");
            }
            else
            {
                manifest = await RunStageAsync(stage, inputs, cancellation).ConfigureAwait(false);
            }

            inputs[stage.Name] = manifest.OutputHash;
        }
    }

    // What an earlier stage left, with a warning where it no longer fits its files or options.
    private StageManifest? Earlier(IStage stage, SortedDictionary<string, string> upstream)
    {
        var manifest = StageManifest.Read(workspace.Stage(stage.Name));
        if (manifest is not null && manifest.Key != KeyOf(stage, InputsOf(stage, upstream), stage.Options(shop)))
            view.Warn($"files or options of stage {stage.Name} have changed since it ran: what follows is of the old ones. Run without --only and --from to take in the new.");
        return manifest;
    }

    private SortedDictionary<string, string> InputsOf(IStage stage, SortedDictionary<string, string> upstream)
    {
        var inputs = new SortedDictionary<string, string>(upstream, StringComparer.Ordinal);
        foreach (var (name, hash) in stage.Inputs(shop)) inputs[name] = hash;
        return inputs;
    }

    private static int IndexOf(string name)
    {
        for (var i = 0; i < Stages.Count; i++)
        {
            if (Stages[i].Name == name) return i;
        }

        throw new UsageException($"There is no stage \"{name}\"; the stages are {string.Join(", ", Stages.Select(stage => stage.Name))}.");
    }

    private async Task<StageManifest> RunStageAsync(IStage stage, SortedDictionary<string, string> upstream, CancellationToken cancellation)
    {
        var inputs = InputsOf(stage, upstream);
        var options = stage.Options(shop);
        var key = KeyOf(stage, inputs, options);
        var folder = workspace.Stage(stage.Name);
        if (StageManifest.Read(folder) is { } done && done.Key == key && done.OutputsStand(folder))
        {
            view.Skipped(stage.Name, done);
            return done;
        }

        var unfinished = workspace.Unfinished(stage.Name);
        if (StageManifest.Read(unfinished) is { } stopped && stopped.Key == key && stopped.OutputsStand(unfinished))
        {
            // Stopped between its last byte and its name.
            Publish(unfinished, folder);
            view.Skipped(stage.Name, stopped);
            return stopped;
        }

        ResumeOrClear(unfinished, key);
        var context = new StageContext { Shop = shop, Workspace = workspace, Output = unfinished, Time = time, Progress = view.Begin(stage.Name) };
        var startedAt = time.GetUtcNow();
        var watch = Stopwatch.StartNew();
        PeakMemory.Reset();
        var reason = stage.NotApplicable(context);
        IReadOnlyList<string> notes = reason is null ? await stage.RunAsync(context, cancellation).ConfigureAwait(false) : [];
        // Trained with another number of threads, LibTorch's last digits differ: figures of two such runs are not to be compared to the last one.
        if (StageManifest.Read(folder) is { } before && before.Stage == TrainStage.StageName && before.LibTorchThreads != shop.Threads)
            notes = [.. notes, $"{ThreadWarning} {before.LibTorchThreads} threads of LibTorch, this one with {shop.Threads}: small differences between their figures may come from that alone"];
        File.Delete(Path.Combine(unfinished, "key"));
        var outputs = OutputsOf(unfinished);
        var manifest = new StageManifest
        {
            Stage = stage.Name,
            Key = key,
            OutputHash = HashOf(unfinished, outputs.Keys),
            Inputs = inputs,
            Options = options,
            Seed = shop.Seed,
            LibTorchThreads = shop.Threads,
            Versions = Versions(),
            StartedAt = startedAt,
            DurationSeconds = watch.Elapsed.TotalSeconds,
            PeakMemoryMib = PeakMemory.Mib(),
            NotApplicable = reason,
            Notes = notes,
            Outputs = outputs,
        };
        manifest.Write(unfinished);
        Publish(unfinished, folder);
        view.Ended(stage.Name, manifest);
        return manifest;
    }

    private static void Publish(string unfinished, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
        Directory.Move(unfinished, folder);
    }

    private static void ResumeOrClear(string unfinished, string key)
    {
        var keyFile = Path.Combine(unfinished, "key");
        if (File.Exists(keyFile) && File.ReadAllText(keyFile) == key) return;
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, true);
        Directory.CreateDirectory(unfinished);
        File.WriteAllText(keyFile, key);
    }

    private string KeyOf(IStage stage, SortedDictionary<string, string> inputs, string options)
    {
        var text = new StringBuilder().Append(stage.Name).Append('\n').Append(stage.Version).Append('\n')
            .Append(shop.Seed).Append('\n').Append(options).Append('\n');
        foreach (var (name, hash) in inputs) text.Append(name).Append('=').Append(hash).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static SortedDictionary<string, long> OutputsOf(string folder)
    {
        var outputs = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            outputs[Path.GetRelativePath(folder, path).Replace('\\', '/')] = new FileInfo(path).Length;
        return outputs;
    }

    private static string HashOf(string folder, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            using var stream = File.OpenRead(Path.Combine(folder, file));
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SortedDictionary<string, string> Versions() => new(StringComparer.Ordinal)
    {
        ["touchstone"] = typeof(Pipeline).Assembly.GetName().Version?.ToString(3) ?? "0",
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["processors"] = Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
