namespace Touchstone.Data.SimulatedShop;

/// <summary>What a simulated shop is made from. Equal options make equal bytes.</summary>
public sealed record SimulatedShopOptions
{
    /// <summary>Where all chance comes from.</summary>
    public Domain.Seed Seed { get; init; } = new(42);

    /// <summary>Shoppers in the log, 1 to 10,000,000; the world itself has as many as are asked for.</summary>
    public int Shoppers { get; init => field = Within(value, 1, 10_000_000, nameof(Shoppers)); } = 4_000;

    /// <summary>Products in the catalogue, 64 to 100,000: at least two for each of the categories.</summary>
    public int Products { get; init => field = Within(value, 64, 100_000, nameof(Products)); } = 800;

    /// <summary>Days that the log covers, 30 to 1,100.</summary>
    public int Days { get; init => field = Within(value, 30, 1_100, nameof(Days)); } = 365;

    /// <summary>First day of the log, local time of the shop.</summary>
    public DateOnly FirstDay { get; init; } = new(2025, 1, 1);

    /// <summary>ISO 4217 code of all money.</summary>
    public string Currency
    {
        get;
        init => field = value is { Length: 3 } && value.All(char.IsAsciiLetterUpper)
            ? value
            : throw new ArgumentException($"Currency \"{value}\" is not an ISO 4217 code; write three capitals, e.g. EUR.", nameof(Currency));
    } = "EUR";

    /// <summary>Share of lines that are written twice and of rows that lose their product, in [0, 0.1]: a real log is never clean.</summary>
    public double DirtRate
    {
        get;
        init => field = value is >= 0 and <= 0.1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DirtRate), value, "DirtRate must lie in [0, 0.1].");
    } = 0.001;

    /// <summary>Share of shoppers whose slates are written to the exposure log, in [0, 1]; the process itself does not depend on it.</summary>
    public double ExposureRate
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ExposureRate), value, "ExposureRate must lie in [0, 1].");
    } = 0.25;

    private static int Within(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must lie in [{least}, {most}]."));
}
