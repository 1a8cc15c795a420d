using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Stages;

/// <summary>One step of the main job. It reads what the steps before left and writes its own folder.</summary>
internal interface IStage
{
    /// <summary>Name, as in <c>--only</c>, <c>--from</c>, <c>--to</c>.</summary>
    string Name { get; }

    /// <summary>Raises with a change of what the stage computes, so that old results are not taken for new ones.</summary>
    int Version { get; }

    /// <summary>Options that count for this stage, canonical text.</summary>
    string Options(ShopConfiguration shop);

    /// <summary>Inputs beyond the stages before: name and hash.</summary>
    IEnumerable<KeyValuePair<string, string>> Inputs(ShopConfiguration shop);

    /// <summary>Why the data cannot feed the stage, or null.</summary>
    string? NotApplicable(StageContext context);

    /// <summary>Does the work into <see cref="StageContext.Output"/>, which may hold what a killed run of the same key left.</summary>
    /// <returns>What the reader should know.</returns>
    Task<IReadOnlyList<string>> RunAsync(StageContext context, CancellationToken cancellation);
}
