namespace Touchstone.Applications.Storefront;

/// <summary>What came of a request: a slate, or why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed record Outcome<T>
    where T : class
{
    /// <summary>The answer; null where it was refused.</summary>
    public T? Value { get; internal init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public Refusal? Refusal { get; internal init; }

    /// <summary>The same outcome with another form of the answer.</summary>
    public Outcome<TOther> Select<TOther>(Func<T, TOther> form)
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(form);
        return Value is { } value ? Outcome<TOther>.Of(form(value)) : new Outcome<TOther> { Refusal = Refusal };
    }

    /// <summary>What comes of the answer; the same refusal where there is none.</summary>
    public Outcome<TOther> Then<TOther>(Func<T, Outcome<TOther>> next)
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(next);
        return Value is { } value ? next(value) : new Outcome<TOther> { Refusal = Refusal };
    }

    internal static Outcome<T> Of(T value) => new() { Value = value };

    internal static Outcome<T> Refused(RefusalKind kind, string problem) => new() { Refusal = new Refusal(kind, problem) };

    internal static Outcome<T> Refused(Refusal refusal) => new() { Refusal = refusal };
}
