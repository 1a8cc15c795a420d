namespace Touchstone.Evaluation.Experiments;

/// <summary>Whether an effect could be computed.</summary>
public enum EffectStatus
{
    /// <summary>It could.</summary>
    Ok,

    /// <summary>An arm has fewer than two units, or no variance: there is no error to put beside the figure.</summary>
    NoVariance,

    /// <summary>The control's mean is 0: a relative effect is not defined.</summary>
    ZeroBaseline,

    /// <summary>A figure is not defined (a ratio whose denominators sum to 0, a quantile of no events).</summary>
    Undefined,

    /// <summary>The arm has weight 0: its units are reported, not compared.</summary>
    ArmOff,
}

/// <summary>Which alternatives a test looks at.</summary>
public enum TestSide
{
    /// <summary>Any difference.</summary>
    Both,

    /// <summary>The treatment is higher: the interval is open upwards.</summary>
    Greater,

    /// <summary>The treatment is lower: the interval is open downwards.</summary>
    Less,
}

/// <summary>An effect with its error, test and interval. What is not defined is NaN; <see cref="Status"/> says why.</summary>
public sealed record Effect
{
    /// <summary>Whether it could be computed.</summary>
    public required EffectStatus Status { get; init; }

    /// <summary>Treatment − control, or that over |control|.</summary>
    public required double Value { get; init; }

    /// <summary>Standard error.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>Degrees of freedom (Satterthwaite, of the absolute difference); infinite for the normal.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>Value over standard error.</summary>
    public double Statistic { get; init; } = double.NaN;

    /// <summary>p-value.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>Lower end of the interval.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of the interval.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>Confidence of the interval.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The status as files and reports write it.</summary>
    public string StatusName => NameOf(Status);

    /// <summary>A status as files and reports write it.</summary>
    public static string NameOf(EffectStatus status) => status switch
    {
        EffectStatus.Ok => "ok",
        EffectStatus.NoVariance => "no_variance",
        EffectStatus.ZeroBaseline => "zero_baseline",
        EffectStatus.Undefined => "undefined",
        EffectStatus.ArmOff => "arm_off",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Unknown status."),
    };
}
