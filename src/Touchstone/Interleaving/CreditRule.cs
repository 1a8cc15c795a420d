namespace Touchstone.Interleaving;

/// <summary>What a click on a product is worth under optimised interleaving, good for the first ranking where positive.</summary>
public enum CreditRule
{
    /// <summary>Rank in the second ranking − rank in the first.</summary>
    Linear,

    /// <summary>1 / rank in the first − 1 / rank in the second.</summary>
    Inverse,

    /// <summary>1 where the first ranks it higher, −1 where the second does, 0 where both alike.</summary>
    Binary,
}

/// <summary>Credits from ranks (Radlinski and Craswell 2013, section 4.2).</summary>
public static class RankCredit
{
    /// <summary>Credit of a click.</summary>
    /// <param name="rule">Which rule.</param>
    /// <param name="firstRank">Rank in the first ranking, from 1; one below its last where it lacks the product.</param>
    /// <param name="secondRank">Rank in the second ranking, likewise.</param>
    public static double Of(CreditRule rule, int firstRank, int secondRank) => rule switch
    {
        CreditRule.Linear => secondRank - firstRank,
        CreditRule.Inverse => (1.0 / firstRank) - (1.0 / secondRank),
        CreditRule.Binary => Math.Sign(secondRank - firstRank),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Unknown rule of credit."),
    };
}
