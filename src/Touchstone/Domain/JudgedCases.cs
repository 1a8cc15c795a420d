namespace Touchstone.Domain;

/// <summary>
/// The questions that a recommender is judged by: for each case what the unit had before, and what it then took.
/// Products of the history are never candidates; a judged product that is in the history is not asked for and is counted apart.
/// </summary>
public sealed record JudgedCases
{
    /// <summary>The products that all indexes point into.</summary>
    public required ProductTable Products { get; init; }

    /// <summary>[case] opaque id of the shopper or session.</summary>
    public required string[] Units { get; init; }

    /// <summary>[case + 1] case c's history is HistoryProducts[HistoryOffsets[c] .. HistoryOffsets[c + 1]], oldest first.</summary>
    public required int[] HistoryOffsets { get; init; }

    /// <summary>[history row] product index.</summary>
    public required int[] HistoryProducts { get; init; }

    /// <summary>[history row] occurred-at, ms since 1970 UTC; empty where unknown.</summary>
    public long[] HistoryOccurredAtMs { get; init; } = [];

    /// <summary>[case + 1] case c's judged products are TargetProducts[TargetOffsets[c] .. TargetOffsets[c + 1]], distinct within the case.</summary>
    public required int[] TargetOffsets { get; init; }

    /// <summary>[target] product index.</summary>
    public required int[] TargetProducts { get; init; }

    /// <summary>[target] revenue of what was bought, reporting currency, NaN where unknown; empty where there are no prices.</summary>
    public double[] TargetRevenues { get; init; } = [];

    /// <summary>[target] margin of what was bought, reporting currency, NaN where unknown; empty where there are no prices.</summary>
    public double[] TargetMargins { get; init; } = [];

    /// <summary>Judged rows left out because the unit already had the product (repeat purchases).</summary>
    public int RepeatCount { get; init; }

    /// <summary>How many cases.</summary>
    public int Count => Units.Length;

    /// <summary>The cases that ask for a certain kind of product, and of each only these products.</summary>
    /// <param name="isAsked">[product] whether it is asked for.</param>
    /// <exception cref="ArgumentException">Another number of products.</exception>
    public JudgedCases AskingFor(ReadOnlySpan<bool> isAsked)
    {
        if (isAsked.Length != Products.Count) throw new ArgumentException($"{isAsked.Length} marks for {Products.Count} products; give one each.", nameof(isAsked));
        List<string> units = [];
        List<int> historyOffsets = [0], history = [], targetOffsets = [0], targets = [];
        List<long> times = [];
        List<double> revenues = [], margins = [];
        for (var at = 0; at < Count; at++)
        {
            for (var row = TargetOffsets[at]; row < TargetOffsets[at + 1]; row++)
            {
                if (!isAsked[TargetProducts[row]]) continue;
                targets.Add(TargetProducts[row]);
                if (TargetRevenues.Length > 0) revenues.Add(TargetRevenues[row]);
                if (TargetMargins.Length > 0) margins.Add(TargetMargins[row]);
            }

            if (targets.Count == targetOffsets[^1]) continue;
            history.AddRange(HistoryProducts.AsSpan(HistoryOffsets[at]..HistoryOffsets[at + 1]));
            if (HistoryOccurredAtMs.Length > 0) times.AddRange(HistoryOccurredAtMs.AsSpan(HistoryOffsets[at]..HistoryOffsets[at + 1]));
            units.Add(Units[at]);
            historyOffsets.Add(history.Count);
            targetOffsets.Add(targets.Count);
        }

        return this with
        {
            Units = [.. units],
            HistoryOffsets = [.. historyOffsets],
            HistoryProducts = [.. history],
            HistoryOccurredAtMs = [.. times],
            TargetOffsets = [.. targetOffsets],
            TargetProducts = [.. targets],
            TargetRevenues = [.. revenues],
            TargetMargins = [.. margins],
        };
    }

    /// <summary>
    /// Cases of one part. Validation: history = training rows (or the session's own start). Test: history = training and validation
    /// rows (or the session's own start). Only rows before the first judged row count as history. Units without a judged row that is
    /// new to them make no case.
    /// </summary>
    /// <param name="behaviour">Rows with their parts.</param>
    /// <param name="part"><see cref="SplitPart.Validation"/> or <see cref="SplitPart.Test"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another part.</exception>
    public static JudgedCases From(Behaviour behaviour, SplitPart part)
    {
        ArgumentNullException.ThrowIfNull(behaviour);
        if (part is not (SplitPart.Validation or SplitPart.Test))
            throw new ArgumentOutOfRangeException(nameof(part), part, "Only validation and test rows are judged.");
        List<string> units = [];
        List<int> historyOffsets = [0], history = [], targetOffsets = [0], targets = [];
        List<long> times = [];
        List<double> revenues = [], margins = [];
        var repeats = 0;
        HashSet<int> seen = [];
        Dictionary<int, int> judged = [];
        for (var unit = 0; unit < behaviour.Units.Length; unit++)
        {
            var (start, end) = (behaviour.Offsets[unit], behaviour.Offsets[unit + 1]);
            var first = start;
            while (first < end && behaviour.Parts[first] != part) first++;
            if (first == end) continue;
            seen.Clear();
            judged.Clear();
            for (var row = start; row < first; row++)
            {
                history.Add(behaviour.ProductIndexes[row]);
                if (behaviour.OccurredAtMs.Length > 0) times.Add(behaviour.OccurredAtMs[row]);
                seen.Add(behaviour.ProductIndexes[row]);
            }

            for (var row = first; row < end; row++)
            {
                if (behaviour.Parts[row] != part) continue;
                var product = behaviour.ProductIndexes[row];
                if (seen.Contains(product))
                {
                    repeats++;
                    continue;
                }

                if (!judged.TryGetValue(product, out var at))
                {
                    judged.Add(product, targets.Count);
                    targets.Add(product);
                    if (behaviour.Revenues.Length > 0) revenues.Add(behaviour.Revenues[row]);
                    if (behaviour.Margins.Length > 0) margins.Add(behaviour.Margins[row]);
                }
                else
                {
                    if (behaviour.Revenues.Length > 0) revenues[at] += behaviour.Revenues[row];
                    if (behaviour.Margins.Length > 0) margins[at] += behaviour.Margins[row];
                }
            }

            if (judged.Count == 0)
            {
                history.RemoveRange(historyOffsets[^1], history.Count - historyOffsets[^1]);
                if (times.Count > 0) times.RemoveRange(history.Count, times.Count - history.Count);
                continue;
            }

            units.Add(behaviour.Units[unit]);
            historyOffsets.Add(history.Count);
            targetOffsets.Add(targets.Count);
        }

        return new JudgedCases
        {
            Products = behaviour.Products,
            Units = [.. units],
            HistoryOffsets = [.. historyOffsets],
            HistoryProducts = [.. history],
            HistoryOccurredAtMs = [.. times],
            TargetOffsets = [.. targetOffsets],
            TargetProducts = [.. targets],
            TargetRevenues = [.. revenues],
            TargetMargins = [.. margins],
            RepeatCount = repeats,
        };
    }
}
