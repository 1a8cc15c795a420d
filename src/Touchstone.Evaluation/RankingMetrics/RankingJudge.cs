using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>
/// Judges a recommender on what units took next: all products are ranked, the history is removed, ties go to the lower id.
/// The same figures come out at any number of threads; only the times differ.
/// </summary>
/// <param name="timeProvider">Clock that times the ranking.</param>
public sealed class RankingJudge(TimeProvider timeProvider)
{
    private const int TimedCases = 500;
    private const int WarmUpCases = 50;
    private const int ChunkLength = 64;

    /// <summary>Most threads to use, from 1; one a core by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Ranks all products for each case.</summary>
    /// <param name="model">The model; its products are matched to the cases' by id, and what it does not know is never listed.</param>
    /// <param name="cases">What is judged; at least one case.</param>
    /// <param name="protocol">How.</param>
    /// <param name="audience">Units a product in training, of the same product table.</param>
    /// <param name="progress">Told how many cases are done, from any thread.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    /// <exception cref="ArgumentException">No cases, or an audience of another length.</exception>
    /// <exception cref="InvalidOperationException">The model scored a product NaN (names model, product and unit).</exception>
    public RankingResult Judge(
        IRecommender model,
        JudgedCases cases,
        RankingProtocol protocol,
        TrainingAudience audience,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(audience);
        if (cases.Count == 0) throw new ArgumentException("There are no cases to judge: no unit has a judged product that is new to it.", nameof(cases));
        if (audience.Buyers.Length != cases.Products.Count)
            throw new ArgumentException($"audience.Buyers has {audience.Buyers.Length} products; expected {cases.Products.Count}, as the cases.", nameof(audience));
        var map = CaseScorer.Map(model, cases.Products);
        var columns = new CaseColumns(cases, protocol);
        var done = 0;
        var chunks = (cases.Count + ChunkLength - 1) / ChunkLength;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Threads), CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, chunks, options, () => new CaseScorer(model, cases, map), (chunk, _, scorer) =>
            {
                var end = Math.Min((chunk + 1) * ChunkLength, cases.Count);
                for (var index = chunk * ChunkLength; index < end; index++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    scorer.Score(index);
                    columns.Fill(index, scorer.Scores);
                }

                progress?.Report(Interlocked.Add(ref done, end - (chunk * ChunkLength)));
                return scorer;
            }, _ => { });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<InvalidOperationException>().FirstOrDefault() is { } first)
        {
            throw new InvalidOperationException(first.Message, exception);
        }

        return columns.ToResult(model.Name, audience, Time(model, cases, map, cancellationToken));
    }

    private RankTimes Time(IRecommender model, JudgedCases cases, int[]? map, CancellationToken cancellationToken)
    {
        var scorer = new CaseScorer(model, cases, map);
        Span<int> slate = stackalloc int[RankingResult.SlateLength];
        var count = Math.Min(TimedCases, cases.Count);
        var milliseconds = new double[count];
        // The first rounds pay for compilation and cold caches, which a server pays once.
        for (var i = 0; i < Math.Min(WarmUpCases, count); i++)
        {
            scorer.Score(i);
            TopK.Select(scorer.Scores, slate);
        }

        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var index = (int)((long)i * cases.Count / count);
            var start = timeProvider.GetTimestamp();
            scorer.Score(index);
            TopK.Select(scorer.Scores, slate);
            milliseconds[i] = timeProvider.GetElapsedTime(start).TotalMilliseconds;
        }

        var mean = milliseconds.Average();
        Array.Sort(milliseconds);
        return new RankTimes(mean, Quantile.Type7(milliseconds, 0.5), Quantile.Type7(milliseconds, 0.99), count);
    }
}
