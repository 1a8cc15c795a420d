using System.Globalization;
using Touchstone.Benchmarks;
using Touchstone.Domain;

const string Usage = "usage: benchmarks/run [scoring] [ease] [tokens] [training] [inference] [ranking] [experiment] [policy] [ease-quality] [--shared DIR] [--out DIR] [--repeats N] [--threads N] [--seed N]";
string[] known = ["scoring", "ease", "tokens", "training", "inference", "ranking", "experiment", "policy", "ease-quality"];
var chosen = new List<string>();
var options = new Dictionary<string, string>(StringComparer.Ordinal)
{
    ["--shared"] = Environment.GetEnvironmentVariable("TOUCHSTONE_SHARED") is { Length: > 0 } stated ? stated : "../shared",
    ["--out"] = "benchmarks/results",
    ["--repeats"] = "5",
    ["--threads"] = "2",
    ["--seed"] = "1",
};
for (var at = 0; at < args.Length; at++)
{
    if (options.ContainsKey(args[at]) && at + 1 < args.Length) options[args[at]] = args[++at];
    else if (known.Contains(args[at])) chosen.Add(args[at]);
    else
    {
        await Console.Error.WriteLineAsync($"Unknown: {args[at]}\n{Usage}").ConfigureAwait(false);
        return 2;
    }
}

if (chosen.Count == 0) chosen.AddRange(["scoring", "ease", "tokens", "training", "inference", "ranking", "experiment", "policy"]);
var repeats = int.Parse(options["--repeats"], CultureInfo.InvariantCulture);
var threads = int.Parse(options["--threads"], CultureInfo.InvariantCulture);
var seed = ulong.Parse(options["--seed"], CultureInfo.InvariantCulture);
foreach (var name in chosen)
{
    if (name == "ease-quality")
    {
        EaseQuality.Run(Path.Combine(options["--shared"], "data", "amazon-seq", "Beauty.txt"), threads, Console.Out);
        continue;
    }

    var machine = Machine.This();
    var measured = name switch
    {
        "scoring" => ScoringBenchmark.Run(repeats, threads, new Seed(seed)),
        "training" => TrainingBenchmark.Run(repeats, threads, new Seed(seed)),
        "inference" => InferenceBenchmark.Run(repeats, threads, new Seed(seed)),
        "ranking" => RankingBenchmark.Run(repeats, threads, new Seed(seed)),
        "policy" => PolicyBenchmark.Run(repeats, threads, new Seed(seed)),
        "experiment" => ExperimentBenchmark.Run(repeats, threads, seed),
        "tokens" => TokenBenchmark.Run(options["--shared"], repeats),
        _ => EaseBenchmark.Run(options["--shared"], repeats, threads),
    };
    var now = TimeProvider.System.GetUtcNow();
    BenchmarkFiles.Write(options["--out"], measured, machine, seed, now);
    await Console.Out.WriteLineAsync(BenchmarkFiles.Markdown(measured, machine, seed, now)).ConfigureAwait(false);
}

return 0;
