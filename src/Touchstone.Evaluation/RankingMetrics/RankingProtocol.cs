using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Evaluation.RankingMetrics;

/// <summary>How a ranking was judged. Figures of two protocols are never compared.</summary>
public sealed record RankingProtocol
{
    /// <summary>How rows were split, and which part was judged, e.g. <c>leave-one-out, test</c>.</summary>
    public required string Split { get; init; }

    /// <summary>0: all products are candidates (<c>full</c>); else so many uniform negatives beside the judged products (<c>sampled:99</c>).</summary>
    public int SampledNegatives { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "SampledNegatives counts from 0."); }

    /// <summary>Cut-offs, ascending, from 1 up to the kept slate's length.</summary>
    public IReadOnlyList<int> CutOffs { get; init => field = RequireCutOffs(value); } = [5, 10, 20];

    /// <summary>Seed of the sampled negatives; of no effect on a full ranking.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>What a judged product gains.</summary>
    public string Gain { get; init; } = "binary";

    /// <summary>How equal scores are ordered.</summary>
    public string Ties { get; init; } = "product id ascending (ordinal UTF-8)";

    /// <summary>What happens to units without a judged product that is new to them.</summary>
    public string Undefined { get; init; } = "with-positives";

    /// <summary>What happens to products of the history.</summary>
    public string History { get; init; } = "removed";

    /// <summary>The candidate set as written in commands and JSON: <c>full</c> or <c>sampled:N</c>.</summary>
    public string Candidates => SampledNegatives == 0 ? "full" : string.Create(CultureInfo.InvariantCulture, $"sampled:{SampledNegatives}");

    /// <summary>All of the protocol in one line: equal lines may be compared.</summary>
    public string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"split {Split}; candidates {Candidates}{(SampledNegatives == 0 ? "" : $" (seed {Seed.Value})")}; cut-offs {string.Join(", ", CutOffs)}; gain {Gain}; ties {Ties}; history {History}; undefined {Undefined}");

    /// <summary>Refuses to compare across protocols.</summary>
    /// <exception cref="InvalidOperationException">The protocols differ (names both).</exception>
    public static void RequireSame(RankingProtocol left, RankingProtocol right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Description != right.Description)
        {
            throw new InvalidOperationException(
                $"Figures of different protocols cannot be compared: \"{left.Description}\" and \"{right.Description}\". Judge both models by one protocol.");
        }
    }

    private static IReadOnlyList<int> RequireCutOffs(IReadOnlyList<int> cutOffs)
    {
        ArgumentNullException.ThrowIfNull(cutOffs);
        if (cutOffs.Count == 0) throw new ArgumentException("CutOffs is empty; name at least one, e.g. 10.", nameof(cutOffs));
        for (var i = 0; i < cutOffs.Count; i++)
        {
            if (cutOffs[i] is < 1 or > RankingResult.SlateLength || (i > 0 && cutOffs[i] <= cutOffs[i - 1]))
                throw new ArgumentException($"CutOffs[{i}] = {cutOffs[i]}; expected ascending numbers from 1 to {RankingResult.SlateLength}.", nameof(cutOffs));
        }

        return cutOffs;
    }
}
