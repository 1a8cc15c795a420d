namespace Touchstone.Domain;

/// <summary>A log with propensities beside a policy to judge. Its rounds can be walked several times, in blocks: its length costs no memory.</summary>
public sealed record BanditLog
{
    /// <summary>Rounds in a block, all but the last.</summary>
    public const int BlockRounds = 1 << 15;

    /// <summary>Walks the rounds from the first, the same ones each time.</summary>
    public required Func<IEnumerable<BanditRounds>> Rounds { get; init; }

    /// <summary>The judged policy; null where the log brings its probabilities of the logged actions only.</summary>
    public SparsePolicy? Target { get; init; }

    /// <summary>[context] its row in <see cref="Target"/>; grows while rounds are walked.</summary>
    public IReadOnlyList<int> TargetRows { get; init; } = [];

    /// <summary>The policy that made the log, where it is known as a whole.</summary>
    public SparsePolicy? Logging { get; init; }

    /// <summary>[context] its row in <see cref="Logging"/>; −1 where it has none.</summary>
    public IReadOnlyList<int> LoggingRows { get; init; } = [];

    /// <summary>[context] names; grows while rounds are walked.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>[action] names; grows while rounds are walked.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Whether rounds bring a reward model's figures.</summary>
    public bool HasModel { get; init; }

    /// <summary>Whether rounds bring weights of categories.</summary>
    public bool HasCategories { get; init; }

    /// <summary>Whether rounds say whose they are.</summary>
    public bool HasClusters { get; init; }

    /// <summary>What is doubtful about the log's ids; complete when the rounds have been walked once.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A log of columns that lie in memory.</summary>
    /// <param name="rounds">All rounds as one block.</param>
    public static BanditLog Of(BanditRounds rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        return new BanditLog { Rounds = () => Blocks(rounds), HasModel = rounds.ModelledRewards.Length > 0, HasCategories = rounds.CategoryWeights.Length > 0, HasClusters = rounds.Clusters.Length > 0 };
    }

    /// <summary>One block cut into blocks of <see cref="BlockRounds"/>.</summary>
    public static IEnumerable<BanditRounds> Blocks(BanditRounds rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Count <= BlockRounds)
        {
            yield return rounds;
            yield break;
        }

        for (var first = 0; first < rounds.Count; first += BlockRounds)
        {
            var range = first..Math.Min(rounds.Count, first + BlockRounds);
            T[] Part<T>(T[] column) => column.Length == 0 ? column : column[range];
            yield return new BanditRounds
            {
                Rewards = Part(rounds.Rewards),
                Propensities = Part(rounds.Propensities),
                Targets = Part(rounds.Targets),
                Contexts = Part(rounds.Contexts),
                Actions = Part(rounds.Actions),
                ModelledRewards = Part(rounds.ModelledRewards),
                ModelledValues = Part(rounds.ModelledValues),
                CategoryWeights = Part(rounds.CategoryWeights),
                Clusters = Part(rounds.Clusters),
                FirstRound = rounds.FirstRound + first,
            };
        }
    }
}
