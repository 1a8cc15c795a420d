using Touchstone.Data.Cleaning;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Models.Features;

namespace Touchstone.Cli.Stages;

/// <summary>What the language model's stages read: the catalogue's words, and training rows where there are events.</summary>
/// <param name="Texts">Texts of all products in every language.</param>
/// <param name="Histories">Training rows; null where there are none.</param>
internal sealed record LanguageTexts(ProductTexts Texts, TrainingHistories? Histories)
{
    /// <summary>Reads them.</summary>
    public static LanguageTexts Read(StageContext context)
    {
        var clean = context.Workspace.Stage("clean");
        var entries = CatalogueReader.Read(clean, context.Shop.Locale);
        if (NoEvents.Reason(context.Shop) is not null)
        {
            var alone = CatalogueTables.Of(entries);
            return new LanguageTexts(ProductTexts.Of(alone, entries), null);
        }

        var behaviour = BehaviourReader.Read(clean);
        var histories = TrainingHistories.From(behaviour);
        LeakageDetector.CheckHistories(behaviour, histories);
        return new LanguageTexts(ProductTexts.Of(behaviour.Products, entries), histories.UnitCount == 0 ? null : histories);
    }

    /// <summary>Why there is no language model, or null.</summary>
    public static string? NotApplicable(StageContext context) =>
        !context.Shop.Pretrain.IsEnabled ? $"{context.Shop.FileName} says pretrain: false"
        : !CatalogueReader.HasWords(context.Workspace.Stage("clean")) ? "no titles or descriptions in the catalogue" : null;
}
