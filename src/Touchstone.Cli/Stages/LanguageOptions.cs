using Touchstone.Data.Configuration;
using Touchstone.Learning.FineTuning;
using Touchstone.Learning.Pretraining;

namespace Touchstone.Cli.Stages;

/// <summary>Checks what shop.yaml says of the language model, before any file is read.</summary>
internal static class LanguageOptions
{
    /// <summary>Reads all options once.</summary>
    /// <exception cref="ConfigurationException">An unknown task of <c>finetune:</c> (names the nearest known one).</exception>
    /// <exception cref="Learning.TrainingOptionException">An unknown option, or a value out of range.</exception>
    public static void Check(ShopConfiguration shop)
    {
        _ = PretrainingOptions.FromOptions(shop.Pretrain.Values);
        foreach (var task in shop.Finetune)
        {
            _ = task.Name switch
            {
                ContrastiveOptions.TaskName => (object)ContrastiveOptions.FromOptions(task.Values),
                ClassifierOptions.TaskName => ClassifierOptions.FromOptions(task.Values),
                _ => throw task.Unknown("task of finetune", [.. FinetuneStage.Tasks]),
            };
        }
    }
}
