using Touchstone.Data.Configuration;
using Touchstone.Domain;

namespace Touchstone.Cli.Stages;

/// <summary>What a stage is handed.</summary>
internal sealed record StageContext
{
    /// <summary>The shop's configuration.</summary>
    public required ShopConfiguration Shop { get; init; }

    /// <summary>Where everything is kept.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>Folder to write into; it becomes the stage's folder when the stage has ended.</summary>
    public required string Output { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where progress is shown.</summary>
    public required IStageProgress Progress { get; init; }

    /// <summary>Seed of the run.</summary>
    public Seed Seed => new(Shop.Seed);
}
