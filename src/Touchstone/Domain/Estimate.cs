namespace Touchstone.Domain;

/// <summary>A figure with its interval.</summary>
public sealed record Estimate
{
    /// <summary>The point estimate, in <see cref="Unit"/>.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public required double High { get; init; }

    /// <summary>Standard error, NaN where it is not known.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>Confidence of the interval, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How many independent units (mostly shoppers) stand behind it.</summary>
    public required int Count { get; init; }

    /// <summary>Unit of the figure: a currency code, <c>share</c>, <c>purchases</c>.</summary>
    public string Unit { get; init; } = "";
}
