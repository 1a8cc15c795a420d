using Touchstone.Domain;

namespace Touchstone.Evaluation.Clicks;

/// <summary>How the position-based model is fitted.</summary>
public sealed record PositionBasedOptions
{
    /// <summary>Most turns, from 1.</summary>
    public int Turns { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Turns counts from 1."); } = 2000;

    /// <summary>The fit has settled where no probability moves further than this in a turn.</summary>
    public double Tolerance { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Tolerance is above 0."); } = 1e-8;
}

/// <summary>
/// A click model: a product is clicked where its rank is looked at and it attracts, P(click) = examination(rank) × attraction(query, product)
/// (Richardson, Dominowska and Ragno 2007; Craswell et al. 2008), fitted by expectation maximisation. Only the product of the two is seen, so the
/// examination of the highest rank shown is 1.
/// </summary>
public sealed record PositionBasedModel
{
    /// <summary>[pair] probability that it attracts, once looked at; NaN where it was never shown at a comparable rank.</summary>
    public required double[] Attractions { get; init; }

    /// <summary>[rank − 1] probability that the rank is looked at, relative to the highest rank shown; NaN where it cannot be told.</summary>
    public required double[] Examinations { get; init; }

    /// <summary>Ranks that share no product, not even by way of others, with the highest rank: their examination cannot be told, their rows are left out.</summary>
    public required IReadOnlyList<int> UnlinkedRanks { get; init; }

    /// <summary>Log-likelihood of the clicks, natural logarithm.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Turns made.</summary>
    public required int Turns { get; init; }

    /// <summary>Whether the fit settled before the turns ran out.</summary>
    public required bool HasSettled { get; init; }

    /// <summary>Fits.</summary>
    /// <param name="columns">Impressions and clicks.</param>
    /// <param name="options">When to stop.</param>
    /// <param name="cancellationToken">Stops between turns.</param>
    public static PositionBasedModel Fit(ClickColumns columns, PositionBasedOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(options);
        columns.Check();
        var rankCount = columns.Ranks.DefaultIfEmpty(0).Max();
        var isLinked = RankLinks.Of(columns, rankCount);
        int[] rows = [.. Enumerable.Range(0, columns.Pairs.Length).Where(row => columns.Impressions[row] > 0 && isLinked[columns.Ranks[row] - 1])];
        var fit = new PositionBasedFit(columns, rows, rankCount);
        var (turns, settled) = (0, rows.Length == 0);
        while (!settled && turns < options.Turns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            settled = fit.Turn() <= options.Tolerance;
            turns++;
        }

        return new PositionBasedModel
        {
            Attractions = fit.Attractions,
            Examinations = fit.Examinations,
            UnlinkedRanks = [.. Enumerable.Range(1, rankCount).Where(rank => !isLinked[rank - 1] && columns.Ranks.Where((_, row) => columns.Impressions[row] > 0).Contains(rank))],
            LogLikelihood = fit.LogLikelihood(),
            Turns = turns,
            HasSettled = settled,
        };
    }
}
