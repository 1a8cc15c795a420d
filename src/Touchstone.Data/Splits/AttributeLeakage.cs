using Touchstone.Domain;

namespace Touchstone.Data.Splits;

/// <summary>Finds product columns that are snapshots of the future: popularity after the fact, which knows the test.</summary>
public static class AttributeLeakage
{
    /// <summary>Correlation with popularity from which a column with a telling name is refused.</summary>
    public const double RefusedByName = 0.1;

    /// <summary>Correlation with popularity over all rows from which any column is refused: it is the count itself.</summary>
    public const double RefusedAlways = 0.9;

    /// <summary>Correlation with popularity in the test part from which any column is suspected.</summary>
    public const double Suspected = 0.5;

    private const int LeastProducts = 20;

    // Popularity by their very name. Correlation alone does not find them: Beauty's sales_rank, taken across groups, has -0.02.
    private static readonly string[] RefusedNames = ["sales_rank", "salesrank", "sales rank", "bestsell", "best_sell", "popular", "units_sold", "sold_count", "total_sold"];

    private static readonly string[] TellingNames = ["sales", "sold", "rank", "review", "rating", "purchases", "orders", "views", "clicks", "trend", "hits"];

    /// <summary>Checks the columns that models may read.</summary>
    /// <param name="behaviour">Rows with their parts.</param>
    /// <param name="attributes">Columns that are read.</param>
    /// <param name="future">Columns that shop.yaml declares as snapshots of the future.</param>
    /// <returns>Warnings: columns that correlate with what is judged more than an attribute mostly does.</returns>
    /// <exception cref="LeakageException">A column is declared future, or is by name and correlation popularity after the fact.</exception>
    public static IReadOnlyList<string> Check(Behaviour behaviour, IReadOnlyList<AttributeColumn> attributes, IReadOnlyCollection<string> future)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(future);
        List<string> warnings = [];
        var (all, test) = (Popularity(behaviour, _ => true), Popularity(behaviour, part => part is SplitPart.Test));
        foreach (var attribute in attributes)
        {
            if (future.Contains(attribute.Name, StringComparer.Ordinal))
                throw new LeakageException($"Product column {attribute.Name} is declared under future, yet read as an attribute; take it out of attributes, a model that sees it knows the test.");
            int[] known = [.. Enumerable.Range(0, attribute.Values.Length).Where(i => !double.IsNaN(attribute.Values[i]))];
            if (known.Length < LeastProducts) continue;
            double[] values = [.. known.Select(i => attribute.Values[i])];
            var withAll = Spearman.Correlation(values, [.. known.Select(i => all[i])]);
            var withTest = Spearman.Correlation(values, [.. known.Select(i => test[i])]);
            var isCount = Math.Abs(withAll) >= RefusedAlways;
            var isNamed = Names(RefusedNames, attribute.Name);
            if (isNamed || isCount || (Names(TellingNames, attribute.Name) && Math.Max(Math.Abs(withAll), Math.Abs(withTest)) >= RefusedByName))
            {
                throw new LeakageException(FormattableString.Invariant(
                    $"Product column {attribute.Name} {(isNamed ? "is by its name" : "looks like")} popularity after the fact: its rank correlation with how often products occur is {withAll:0.00} over all rows and {withTest:0.00} over the test rows. Name it under future in shop.yaml, or take it out of attributes."));
            }

            if (Math.Abs(withTest) >= Suspected)
            {
                warnings.Add(FormattableString.Invariant(
                    $"Product column {attribute.Name} has a rank correlation of {withTest:0.00} with how often products occur in the test; if it was taken after the test began, name it under future in shop.yaml."));
            }
        }

        return warnings;
    }

    private static bool Names(string[] parts, string column) => parts.Any(part => column.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static double[] Popularity(Behaviour behaviour, Func<SplitPart, bool> counts)
    {
        var popularity = new double[behaviour.Products.Count];
        for (var row = 0; row < behaviour.Count; row++)
        {
            if (counts(behaviour.Parts[row])) popularity[behaviour.ProductIndexes[row]]++;
        }

        return popularity;
    }
}
