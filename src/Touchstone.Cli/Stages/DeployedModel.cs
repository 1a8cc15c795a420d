using Touchstone.Models.Registry;

namespace Touchstone.Cli.Stages;

/// <summary>A transformer that the deploy stage registered.</summary>
/// <param name="Name">Name in the registry: the task's.</param>
/// <param name="Version">Version in the registry.</param>
internal sealed record DeployedModel(string Name, string Version)
{
    private const string FileName = "deployed.json";

    /// <summary>Writes what was registered.</summary>
    public static void WriteAll(string stageFolder, IReadOnlyList<DeployedModel> models) => StageJson.Write(Path.Combine(stageFolder, FileName), models);

    /// <summary>Opens a model that the stage registered, or null where there is none.</summary>
    public static RegisteredModel? Open(Workspace workspace, ModelRegistry registry, string name) =>
        StageJson.ReadIfThere<List<DeployedModel>>(Path.Combine(workspace.Stage(DeployStage.StageName), FileName))?.Find(model => model.Name == name) is { } found
            ? registry.Open(found.Name, found.Version) : null;
}
