namespace Touchstone.Numerics;

/// <summary>What yearly payments are worth today.</summary>
public static class Annuity
{
    /// <summary>Present value of 1 a year, paid at year ends: Σ (1 + discount)^−t.</summary>
    /// <param name="years">How many; 0 without any.</param>
    /// <param name="discount">A year, above −1.</param>
    public static double Factor(int years, double discount)
    {
        var factor = 0.0;
        for (var year = 1; year <= years; year++) factor += Math.Pow(1 + discount, -year);
        return factor;
    }
}
