using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Numerics;

namespace Touchstone.Evaluation.Interleaving;

/// <summary>What clicks say of one ranking against another.</summary>
public sealed record PairPreference
{
    /// <summary>Name of the ranking that a positive preference favours.</summary>
    public required string First { get; init; }

    /// <summary>Name of the other.</summary>
    public required string Second { get; init; }

    /// <summary>Lists won.</summary>
    public required int Wins { get; init; }

    /// <summary>Lists lost.</summary>
    public required int Losses { get; init; }

    /// <summary>Lists with clicks in balance.</summary>
    public required int Ties { get; init; }

    /// <summary>Δ = (wins + ties/2) / all − ½ (Chapelle et al. 2012), in [−½, ½]; its interval clusters by unit and is NaN without variance.</summary>
    public required Estimate Preference { get; init; }

    /// <summary>Mean credit a clicked list, where clicks have credits of their own; null elsewhere.</summary>
    public Estimate? MeanCredit { get; init; }

    /// <summary>Wins / (wins + losses), with the exact interval of independent lists; NaN without either.</summary>
    public required Estimate WinShare { get; init; }

    /// <summary>Exact two-sided sign test, ties left out; it takes lists as independent.</summary>
    public required double SignTestP { get; init; }

    /// <summary>The same after Holm's correction over all pairs.</summary>
    public double AdjustedP { get; init; } = double.NaN;

    /// <summary>Least |Δ| that as many lists would tell from 0: two-sided 5 %, power 80 %; NaN without variance.</summary>
    public double DetectablePreference { get; init; } = double.NaN;

    /// <summary>Clicked lists that it would take to tell this Δ from 0, likewise; NaN where Δ is 0 or has no variance.</summary>
    public double ListsNeeded { get; init; } = double.NaN;

    /// <summary>From the winners of lists.</summary>
    /// <param name="first">Name of the first ranking.</param>
    /// <param name="second">Name of the second ranking.</param>
    /// <param name="scores">[list] 1 won, ½ tie, 0 lost.</param>
    /// <param name="units">[list] index of the unit; empty: each list its own.</param>
    /// <param name="level">Confidence of the intervals.</param>
    public static PairPreference Of(string first, string second, ReadOnlySpan<double> scores, ReadOnlySpan<int> units, double level = 0.95)
    {
        var (wins, losses) = (0, 0);
        foreach (var score in scores)
        {
            if (score > 0.5) wins++;
            else if (score < 0.5) losses++;
        }

        var mean = ClusteredMean.Of(scores, units, level, "share");
        var preference = mean with { Value = mean.Value - 0.5, Low = mean.Low - 0.5, High = mean.High - 0.5 };
        var (share, low, high) = SignTest.Share(wins, losses, level);
        var reach = (Distributions.NormalQuantile(0.975) + Distributions.NormalQuantile(0.8)) * preference.StandardError;
        var needed = scores.Length * Math.Pow(reach / preference.Value, 2);
        return new PairPreference
        {
            First = first,
            Second = second,
            Wins = wins,
            Losses = losses,
            Ties = scores.Length - wins - losses,
            Preference = preference,
            WinShare = new Estimate { Value = share, Low = low, High = high, Level = level, Count = wins + losses, Unit = "share" },
            SignTestP = SignTest.P(wins, losses),
            DetectablePreference = reach,
            ListsNeeded = double.IsFinite(needed) ? Math.Ceiling(needed) : double.NaN,
        };
    }
}
