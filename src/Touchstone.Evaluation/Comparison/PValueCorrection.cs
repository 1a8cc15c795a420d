namespace Touchstone.Evaluation.Comparison;

/// <summary>What is held down when several tests are made at once.</summary>
public enum PValueCorrection
{
    /// <summary>The probability of any false alarm (Holm 1979).</summary>
    Holm,

    /// <summary>The expected share of false alarms among the alarms (Benjamini and Hochberg 1995).</summary>
    BenjaminiHochberg,
}
