using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Touchstone.Data.Sources;
using Touchstone.Domain;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Benchmarks;

/// <summary>
/// A run of 1,000 queries with 1,000 results and 20 metrics: the built program as a whole process beside trec_eval, and the kernels on loaded data
/// beside trec_eval's time less its reading (<c>-m num_q</c>). trec_eval is the program that TREC_EVAL names; without it only we are measured.
/// </summary>
internal static class RankingBenchmark
{
    private const int Queries = 1000, Results = 1000, Judged = 200;

    // Their times scatter, and the kernels' ratio takes a difference of two: so each repetition has several of them.
    private const int PeerRuns = 5, FirstPeer = 4;

    private static readonly string[] s_peer =
        ["map", "Rprec", "bpref", "recip_rank", "ndcg", "P.5,10,20,100", "recall.10,100,1000", "ndcg_cut.5,10,20,100", "map_cut.10,100", "success.1,10"];

    private static readonly string s_metrics = string.Join(',', s_peer);

    public static Measured Run(int repeats, int threads, Seed seed)
    {
        var folder = Directory.CreateTempSubdirectory("touchstone-");
        try
        {
            var (qrels, run) = (Path.Combine(folder.FullName, "qrels.txt"), Path.Combine(folder.FullName, "run.txt"));
            Write(qrels, run, seed);
            return Measure(qrels, run, repeats, threads);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static Measured Measure(string qrels, string run, int repeats, int threads)
    {
        var peer = Environment.GetEnvironmentVariable("TREC_EVAL") is { Length: > 0 } path ? path : null;
        string[] own = [Program(), "evaluate", "ranking", "--qrels", qrels, "--run", run, "--metrics", s_metrics, "--format", "trec"];
        string[] peerAll = [.. s_peer.SelectMany(metric => (string[])["-m", metric]), qrels, run];
        var (judgments, loaded) = (QrelsFile.Read(qrels), RunFile.Read(run));
        var metrics = RankingMetricNames.Parse(s_metrics, 3);
        void Kernels(int count) => RunJudge.Judge(judgments, [loaded], metrics, new RunJudgeOptions { Threads = count });
        void Reading()
        {
            QrelsFile.Read(qrels);
            RunFile.Read(run);
        }

        List<(string Name, Action Work)> works =
        [
            ("the built program, whole process", () => Output("dotnet", own)),
            (FormattableString.Invariant($"our kernels on loaded data, {threads} threads"), () => Kernels(threads)),
            ("our kernels on loaded data, 1 thread", () => Kernels(1)),
            ("our reading, in process, 1 thread", Reading),
        ];
        if (peer is not null)
        {
            works.Add(("trec_eval, whole process", () => Output(peer, peerAll)));
            works.Add(("trec_eval -m num_q, whole process", () => Output(peer, ["-m", "num_q", qrels, run])));
        }

        foreach (var (_, work) in works)
            for (var warm = 0; warm < 5; warm++) work();
        var seconds = works.Select(_ => new List<double>()).ToArray();
        for (var repeat = 0; repeat < repeats; repeat++)
            for (var turn = 0; turn < PeerRuns; turn++)
                for (var work = turn == 0 ? 0 : FirstPeer; work < seconds.Length; work++) seconds[work].Add(Timing.SecondsOf(works[work].Work));
        Timing[] timings = [.. works.Select((work, i) => new Timing(work.Name, [.. seconds[i]]))];
        List<Ratio> ratios = [];
        if (peer is not null)
        {
            var theirs = timings[FirstPeer].Median - timings[FirstPeer + 1].Median;
            ratios.Add(new Ratio("trec_eval / the built program (at least)", [.. seconds[0].Select((ours, repeat) => seconds[FirstPeer][repeat * PeerRuns] / ours)], 3));
            ratios.Add(new Ratio(FormattableString.Invariant($"(trec_eval − trec_eval -m num_q) / our kernels, {threads} threads, of medians (at least)"), [theirs / timings[1].Median], 10));
            ratios.Add(new Ratio("(trec_eval − trec_eval -m num_q) / our kernels, 1 thread, of medians", [theirs / timings[2].Median], double.NaN));
        }

        return new Measured(
            "ranking",
            FormattableString.Invariant($"{Queries} queries × {Results} results in rank order, {Judged} judgments a query, {metrics.Count} metrics; kernels order, grade and measure"),
            timings,
            [.. ratios],
            [Agreement(peer, own, peerAll)]);
    }

    /// <summary>Whether both print the same digits.</summary>
    private static string Agreement(string? peer, string[] own, string[] peerAll)
    {
        if (peer is null) return "trec_eval was not measured: TREC_EVAL names no program";
        string[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        var (ours, theirs) = (Lines(Output("dotnet", own)), Lines(Output(peer, peerAll)));
        return ours.SequenceEqual(theirs)
            ? FormattableString.Invariant($"All {ours.Length} figures agree to the four printed decimals")
            : $"The figures do not agree: {string.Join("; ", ours.Except(theirs))} against {string.Join("; ", theirs.Except(ours))}";
    }

    private static string Output(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static string Program()
    {
        var path = Path.GetFullPath(Path.Combine("src", "Touchstone.Cli", "bin", "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "Touchstone.Cli.dll"));
        if (!File.Exists(path)) path = Directory.GetFiles(Path.GetFullPath(Path.Combine("src", "Touchstone.Cli", "bin", "Release", "net10.0")), "Touchstone.Cli.dll", SearchOption.AllDirectories).FirstOrDefault() ?? path;
        return File.Exists(path) ? path : throw new InvalidOperationException("The program is not built; run ./touchstone --help once.");
    }

    private static void Write(string qrels, string run, Seed seed)
    {
        var random = seed.For("ranking").NewRandom();
        using var judgments = new StreamWriter(qrels, false, new UTF8Encoding(false)) { NewLine = "\n" };
        using var results = new StreamWriter(run, false, new UTF8Encoding(false)) { NewLine = "\n" };
        for (var query = 0; query < Queries; query++)
        {
            var documents = new int[Results + (Judged / 2)];
            for (var i = 0; i < documents.Length; i++) documents[i] = (i * 9973) + random.NextInt(9973);
            random.Shuffle<int>(documents);
            var score = 30 + random.NextDouble();
            for (var rank = 1; rank <= Results; rank++)
            {
                score -= 1e-6 + (0.03 * random.NextDouble());
                results.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{query + 101}\tQ0\tFBIS3-{documents[rank - 1]}\t{rank}\t{score:F6}\tbenchmark"));
            }

            // Half of the judged are in the list, spread over it; the other half was not found.
            for (var judged = 0; judged < Judged; judged++)
            {
                var place = judged < Judged / 2 ? judged * (Results / (Judged / 2)) : Results + judged - (Judged / 2);
                judgments.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{query + 101} 0 FBIS3-{documents[place]} {Math.Max(0, random.NextInt(6) - 2)}"));
            }
        }
    }
}
