using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Data.SimulatedShop;
using Touchstone.Domain;

namespace Touchstone.Cli.Commands;

/// <summary>What every verb on a simulated shop takes.</summary>
internal abstract class WorldSettings : CommandSettings
{
    private static readonly SimulatedShopOptions Defaults = new();

    /// <summary>Seed.</summary>
    [CommandOption("--seed <N>")]
    [Description("The same seed makes the same shop, to the byte. Default: 42.")]
    public ulong Seed { get; init; } = Defaults.Seed.Value;

    /// <summary>Shoppers.</summary>
    [CommandOption("--shoppers <N>")]
    [Description("How many shoppers. Default: 4000.")]
    public int Shoppers { get; init; } = Defaults.Shoppers;

    /// <summary>Products.</summary>
    [CommandOption("--products <N>")]
    [Description("How many products, from 64. Default: 800.")]
    public int Products { get; init; } = Defaults.Products;

    /// <summary>Days.</summary>
    [CommandOption("--days <N>")]
    [Description("How many days of behaviour, from 30. Default: 365.")]
    public int Days { get; init; } = Defaults.Days;

    /// <inheritdoc/>
    public override ValidationResult Validate()
    {
        try
        {
            _ = UsageException.From(Options);
            return ValidationResult.Success();
        }
        catch (UsageException fault)
        {
            // The message begins with the option's name: Products must lie in [64, 100000].
            return ValidationResult.Error($"--{char.ToLowerInvariant(fault.Message[0])}{fault.Message[1..]}");
        }
    }

    /// <summary>The world that these options describe.</summary>
    public SimulatedWorld NewWorld() => SimulatedWorld.Create(Options());

    private SimulatedShopOptions Options() => new() { Seed = new Seed(Seed), Shoppers = Shoppers, Products = Products, Days = Days };
}
