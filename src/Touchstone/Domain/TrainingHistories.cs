namespace Touchstone.Domain;

/// <summary>
/// All that a recommender may learn from: training rows grouped by unit, oldest first. Made by
/// <see cref="From"/>, so that no trainer ever holds a validation or test row.
/// </summary>
public sealed record TrainingHistories
{
    /// <summary>The products that the rows point into.</summary>
    public required ProductTable Products { get; init; }

    /// <summary>[unit + 1] unit u owns the rows Offsets[u] .. Offsets[u + 1]; units without training rows are left out.</summary>
    public required int[] Offsets { get; init; }

    /// <summary>[row] product index.</summary>
    public required int[] ProductIndexes { get; init; }

    /// <summary>[row] occurred-at, milliseconds since 1970 UTC; empty where the source has only an order.</summary>
    public long[] OccurredAtMs { get; init; } = [];

    /// <summary>[row] session number, ascending within a unit; empty where there are none.</summary>
    public int[] Sessions { get; init; } = [];

    /// <summary>How many units.</summary>
    public int UnitCount => Offsets.Length - 1;

    /// <summary>Training rows of <paramref name="behaviour"/>, with the validation rows too when <paramref name="withValidation"/>.</summary>
    public static TrainingHistories From(Behaviour behaviour, bool withValidation = false)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        var offsets = new List<int> { 0 };
        var rows = new List<int>(behaviour.Count);
        for (var unit = 0; unit < behaviour.Units.Length; unit++)
        {
            for (var row = behaviour.Offsets[unit]; row < behaviour.Offsets[unit + 1]; row++)
            {
                var part = behaviour.Parts[row];
                if (part == SplitPart.Train || (withValidation && part is (SplitPart.Validation or SplitPart.ValidationContext)))
                    rows.Add(row);
            }

            if (rows.Count > offsets[^1]) offsets.Add(rows.Count);
        }

        return new TrainingHistories
        {
            Products = behaviour.Products,
            Offsets = [.. offsets],
            ProductIndexes = Pick(behaviour.ProductIndexes, rows),
            OccurredAtMs = Pick(behaviour.OccurredAtMs, rows),
            Sessions = Pick(behaviour.Sessions, rows),
        };
    }

    private static T[] Pick<T>(T[] column, List<int> rows)
    {
        if (column.Length == 0) return [];
        var picked = new T[rows.Count];
        for (var i = 0; i < picked.Length; i++) picked[i] = column[rows[i]];
        return picked;
    }
}
