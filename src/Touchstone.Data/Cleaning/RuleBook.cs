using Touchstone.Data.Cleaning.Rules;
using Touchstone.Data.Configuration;

namespace Touchstone.Data.Cleaning;

/// <summary>The rules of one run, in the order in which they judge: the first that rejects a row has it.</summary>
internal sealed class RuleBook
{
    private static readonly string[] OffByDefault = ["unknown-product"];

    private RuleBook(
        IReadOnlyList<ICleaningRule> rows,
        IReadOnlyList<ITableRule> tables,
        IReadOnlyList<(string Name, string Description, bool IsEnabled)> all) => (Rows, Tables, All) = (rows, tables, all);

    /// <summary>Rules by row that are on.</summary>
    public IReadOnlyList<ICleaningRule> Rows { get; }

    /// <summary>Rules by table that are on.</summary>
    public IReadOnlyList<ITableRule> Tables { get; }

    /// <summary>Every rule, as the account lists them.</summary>
    public IReadOnlyList<(string Name, string Description, bool IsEnabled)> All { get; }

    /// <exception cref="ConfigurationException">An unknown rule or option (names the nearest).</exception>
    public static RuleBook From(IReadOnlyList<OptionSet> options, DateTime ingestedAt)
    {
        var ids = options.LastOrDefault(o => o.Name == "not-a-product")?.Texts("ids", []) ?? [];
        ICleaningRule[] rows =
        [
            new UnreadableRow(), new UnreadableValue(), new NoProduct(), new NotAProduct(ids.ToHashSet(StringComparer.Ordinal)),
            new ImpossibleTime(ingestedAt), new Returned(), new QuantityNotPositive(), new PriceNotPositive(), new NoShopper(),
        ];
        ITableRule[] tables = [new ExactDuplicate(), new UnknownProduct()];
        (string Name, string Description)[] all =
            [.. rows[..2].Select(Named), Named(tables[0]), .. rows[2..^1].Select(Named), Named(tables[1]), Named(rows[^1])];
        foreach (var option in options)
        {
            if (!all.Any(r => r.Name == option.Name)) throw option.Unknown("cleaning rule", [.. all.Select(r => r.Name)]);
            option.CheckKnown(option.Name == "not-a-product" ? ["ids"] : []);
        }

        bool IsOn(string name) => options.LastOrDefault(o => o.Name == name)?.IsEnabled ?? !OffByDefault.Contains(name);
        return new RuleBook(
            [.. rows.Where(r => IsOn(r.Name))],
            [.. tables.Where(t => IsOn(t.Name))],
            [.. all.Select(r => (r.Name, r.Description, IsOn(r.Name)))]);
    }

    /// <summary>Outcome of the row rules and the rule that decided it; null where the row is kept.</summary>
    public (CleaningOutcome Outcome, string? Rule) Judge(Domain.Interaction row)
    {
        (CleaningOutcome Outcome, string? Rule) mildest = (CleaningOutcome.Keep, null);
        foreach (var rule in Rows)
        {
            switch (rule.Judge(row))
            {
                case CleaningOutcome.Reject:
                    return (CleaningOutcome.Reject, rule.Name);
                case CleaningOutcome.ProductsOnly when mildest.Rule is null:
                    mildest = (CleaningOutcome.ProductsOnly, rule.Name);
                    break;
                default:
                    break;
            }
        }

        return mildest;
    }

    private static (string Name, string Description) Named(ICleaningRule rule) => (rule.Name, rule.Description);

    private static (string Name, string Description) Named(ITableRule rule) => (rule.Name, rule.Description);
}
