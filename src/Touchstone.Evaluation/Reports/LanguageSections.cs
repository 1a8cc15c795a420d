using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Evaluation.Reports;

/// <summary>AUC of one scorer of bought products against others as popular.</summary>
/// <param name="Scorer">Name.</param>
/// <param name="Auc">AUC.</param>
/// <param name="ClassifierAhead">The classifier's AUC minus this one's; null for the classifier.</param>
public sealed record ReportedScorer(string Scorer, Estimate Auc, Estimate? ClassifierAhead);

/// <summary>What a run says of the shop's language model.</summary>
/// <param name="Sentences">Its training, its price, its figures, a sentence each.</param>
/// <param name="Scorers">The purchase classifier beside others, itself first; empty where there is none.</param>
public sealed record LanguageEvidence(IReadOnlyList<string> Sentences, IReadOnlyList<ReportedScorer> Scorers);

/// <summary>The language model: whom its classifier beats, and how it came about.</summary>
internal static class LanguageSections
{
    internal static IEnumerable<ReportSection> Of(LanguageEvidence evidence)
    {
        if (evidence.Scorers.Count > 0)
        {
            var (low, high) = (evidence.Scorers.Min(scorer => scorer.Auc.Low), evidence.Scorers.Max(scorer => scorer.Auc.High));
            yield return new TableSection
            {
                Heading = "What is bought, told from what is as popular",
                Sentence = "For each judged shopper the product that they bought, and one with as many purchases that they did not have; AUC, intervals by the bootstrap over shoppers.",
                Caption = "Scorers with their AUC",
                Columns = [new("scorer"), new("AUC"), new("classifier ahead by", true)],
                Rows =
                [
                    .. evidence.Scorers.Select((scorer, i) => new ReportRow(
                        [new TextCell(scorer.Scorer), new IntervalCell(Text(scorer.Auc, "0.000"), scorer.Auc.Value, scorer.Auc.Low, scorer.Auc.High, low, high), new TextCell(scorer.ClassifierAhead is { } ahead ? Text(ahead, "+0.000;−0.000;0.000") : "")],
                        i == 0)),
                ],
            };
        }

        if (evidence.Sentences.Count > 0) yield return new NotesSection { Heading = "The shop's language model", Notes = evidence.Sentences };
    }

    private static string Text(Estimate estimate, string form)
    {
        string Number(double value) => value.ToString(form, CultureInfo.InvariantCulture);
        return $"{Number(estimate.Value)}, 95 % interval {Number(estimate.Low)} to {Number(estimate.High)}";
    }
}
