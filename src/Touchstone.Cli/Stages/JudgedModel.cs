using System.Text.Json;
using Touchstone.Evaluation.RankingMetrics;

namespace Touchstone.Cli.Stages;

/// <summary>A trained model with what it did on the judged rows.</summary>
/// <param name="Trained">Where it lies and what it cost.</param>
/// <param name="Result">On test.</param>
/// <param name="Validation">Figures on validation; empty where there are no validation rows.</param>
internal sealed record JudgedModel(TrainedModel Trained, RankingResult Result, IReadOnlyList<NamedFigure> Validation)
{
    /// <summary>A figure on validation, NaN where there is none.</summary>
    public double OnValidation(string metric) => Validation.FirstOrDefault(figure => figure.Metric == metric)?.Value ?? double.NaN;

    /// <summary>Reads all that the evaluate stage judged, in the order of shop.yaml.</summary>
    public static IReadOnlyList<JudgedModel> ReadAll(Workspace workspace)
    {
        var folder = workspace.Stage("evaluate");
        var units = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(folder, "units.json")), StageJson.Options) ?? [];
        var judged = new List<JudgedModel>();
        foreach (var model in TrainedModel.ReadAll(workspace))
        {
            var path = EvaluateStage.PathOf(folder, model.Name);
            if (!File.Exists(path)) continue;
            var validation = EvaluateStage.ValidationPathOf(folder, model.Name);
            judged.Add(new JudgedModel(
                model,
                RankingResultFile.Read(path, units),
                File.Exists(validation) ? JsonSerializer.Deserialize<List<NamedFigure>>(File.ReadAllText(validation), StageJson.Options) ?? [] : []));
        }

        return judged;
    }
}
