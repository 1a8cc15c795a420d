using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.OffPolicy;

namespace Touchstone.Benchmarks;

/// <summary>IPS, SNIPS and DR with 1,000 bootstrap samples over a million rounds; and what memory they take when the log is longer.</summary>
internal static class PolicyBenchmark
{
    private const int Rounds = 1_000_000, Actions = 200, Contexts = 20, Replicates = 1_000;
    private const double Limit = 10;

    public static Measured Run(int repeats, int threads, Seed seed)
    {
        var target = Target();
        var options = new OffPolicyOptions
        {
            Estimators = [PolicyEstimator.Parse("ips"), PolicyEstimator.Parse("snips"), PolicyEstimator.Parse("dr")],
            Bootstrap = new BootstrapOptions { Replicates = Replicates, Threads = threads, Seed = seed },
        };
        var kept = Blocks(Rounds, seed, target).ToList();
        var log = new BanditLog { Rounds = () => kept, Target = target, TargetRows = [.. Enumerable.Range(0, Contexts)] };
        OffPolicyJudge.Judge(log, options with { Bootstrap = options.Bootstrap with { Replicates = 2 } });
        var (all, bare) = (new double[repeats], new double[repeats]);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            all[repeat] = Timing.SecondsOf(() => OffPolicyJudge.Judge(log, options));
            bare[repeat] = Timing.SecondsOf(() => OffPolicyJudge.Judge(log, options with { Bootstrap = options.Bootstrap with { Replicates = 2 } }));
        }

        kept.Clear();
        var (small, large) = (Heap(Rounds, seed, target, options), Heap(4 * Rounds, seed, target, options));
        return new Measured(
            "policy",
            FormattableString.Invariant($"ips, snips and dr (cross-fitted reward model) over {Rounds:#,##0} rounds with {Contexts} contexts and {Actions} actions, {Replicates:#,##0} bootstrap samples, {threads} threads; columns in memory"),
            [
                new Timing("diagnostics, model, estimates and 1,000 bootstrap samples", all, "million draws of a round a second", Rounds * (double)Replicates / Timing.MedianOf(all) / 1e6),
                new Timing("the same with 2 bootstrap samples", bare),
            ],
            [new Ratio("seconds for all", all, Limit)],
            [
                "The limit of the ratio is the target of 10 seconds",
                FormattableString.Invariant($"Memory when rounds come in blocks that are made as they are walked: highest live heap {small / 1048576.0:F1} MiB over {Rounds:#,##0} rounds, {large / 1048576.0:F1} MiB over {4 * Rounds:#,##0}"),
            ]);
    }

    private static long Heap(int rounds, Seed seed, SparsePolicy target, OffPolicyOptions options)
    {
        long highest = 0;
        IEnumerable<BanditRounds> Watched()
        {
            foreach (var block in Blocks(rounds, seed, target))
            {
                if (block.FirstRound / BanditLog.BlockRounds % 8 == 7) highest = Math.Max(highest, GC.GetTotalMemory(true));
                yield return block;
            }
        }

        OffPolicyJudge.Judge(new BanditLog { Rounds = Watched, Target = target, TargetRows = [.. Enumerable.Range(0, Contexts)] }, options with { Bootstrap = options.Bootstrap with { Replicates = 50 } });
        return highest;
    }

    private static SparsePolicy Target()
    {
        var cells = Enumerable.Range(0, Contexts).SelectMany(context => Enumerable.Range(0, 10).Select(at => (context, action: ((context * 7) + (at * 13)) % Actions))).ToList();
        return SparsePolicy.Create([.. cells.Select(cell => cell.context)], [.. cells.Select(cell => cell.action)], [.. cells.Select(_ => 0.1)], Contexts);
    }

    // Half of the log's choices are the target's ten products of the context, half any product.
    private static IEnumerable<BanditRounds> Blocks(int rounds, Seed seed, SparsePolicy target)
    {
        for (var first = 0; first < rounds; first += BanditLog.BlockRounds)
        {
            var random = seed.For("rounds", first).NewRandom();
            var count = Math.Min(BanditLog.BlockRounds, rounds - first);
            int[] contexts = new int[count], actions = new int[count];
            double[] rewards = new double[count], propensities = new double[count], targets = new double[count];
            for (var i = 0; i < count; i++)
            {
                contexts[i] = random.NextInt(Contexts);
                actions[i] = random.NextDouble() < 0.5 ? target.ActionsOf(contexts[i])[random.NextInt(10)] : random.NextInt(Actions);
                targets[i] = target.Of(contexts[i], actions[i]);
                propensities[i] = (0.5 / Actions) + (0.5 * targets[i]);
                rewards[i] = random.NextDouble() < 0.01 + (actions[i] % 10 * 0.002) ? 1 : 0;
            }

            yield return new BanditRounds { Contexts = contexts, Actions = actions, Rewards = rewards, Propensities = propensities, Targets = targets, FirstRound = first };
        }
    }
}
