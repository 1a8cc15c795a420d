using Touchstone.Data.Cleaning;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Stages;

/// <summary>Hands the cleaning account to the report, in the report's words.</summary>
internal static class CleaningReport
{
    /// <summary>The account, or null where there is none.</summary>
    public static Evaluation.Reports.CleaningAccount? Read(Workspace workspace, string currency)
    {
        var path = Path.Combine(workspace.Stage("clean"), CleanFiles.Account);
        if (!File.Exists(path)) return null;
        var account = Data.Cleaning.CleaningAccount.Load(path);
        var hasMoney = currency.Length > 0 && account.MoneyIn is not { Positive: 0, Negative: 0 };
        return new Evaluation.Reports.CleaningAccount
        {
            RowsIn = account.RowsIn,
            RowsKept = account.Kept,
            Rules = [.. account.Rules.Where(rule => rule.Rows > 0).Select(rule => new CleaningRuleAccount
            {
                Rule = rule.Description,
                Effect = rule.Outcome switch
                {
                    CleaningOutcome.ProductsOnly => "kept for products only",
                    CleaningOutcome.Merge => "merged",
                    CleaningOutcome.Reject => "rejected",
                    CleaningOutcome.Keep or null => "kept",
                    _ => throw new InvalidOperationException($"Unknown outcome {rule.Outcome}."),
                },
                Rows = rule.Rows,
                Money = hasMoney ? (double)(rule.Money.Positive + rule.Money.Negative) : double.NaN,
                Examples = [.. rule.Examples.Select(example => new ReportExample($"{Path.GetFileName(example.Source)}:{example.Line}", example.Text))],
            })],
        };
    }
}
