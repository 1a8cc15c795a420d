using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>One guessed entry of <c>catalogue:</c> or <c>events:</c>.</summary>
internal sealed record SourceGuess
{
    /// <summary>What was looked at.</summary>
    public required FileSample Sample { get; init; }

    /// <summary>Field and its column, in the order of the fields.</summary>
    public IReadOnlyList<(string Field, string Column)> Columns { get; init; } = [];

    /// <summary>Columns that are popularity after the fact.</summary>
    public IReadOnlyList<string> Future { get; init; } = [];

    /// <summary>Kind of events without a kind column.</summary>
    public InteractionKind? Kind { get; init; }

    /// <summary>Kinds that the rows have.</summary>
    public IReadOnlyList<InteractionKind> Kinds { get; init; } = [];

    /// <summary>How times are written.</summary>
    public string TimeFormat { get; init; } = "auto";

    /// <summary>Decimal separator.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Separator of category levels.</summary>
    public string CategorySeparator { get; init; } = "";

    /// <summary>Letter that order ids of returned lines start with.</summary>
    public char? ReturnMark { get; init; }

    /// <summary>Currency that a column's name states; empty where none does.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Column of a field, or null.</summary>
    public string? this[string field] => Columns.FirstOrDefault(pair => pair.Field == field).Column;

    /// <summary>Chooses which files are the catalogue and which the events.</summary>
    public static (IReadOnlyList<SourceGuess> Catalogue, IReadOnlyList<SourceGuess> Events) Choose(IReadOnlyList<FileSample> samples, List<string> notGuessed)
    {
        var exposures = samples.Where(sample => sample.Columns.Any(column => column.Contains("propensity", StringComparison.OrdinalIgnoreCase))).ToList();
        notGuessed.AddRange(exposures.Select(sample => $"{Path.GetFileName(sample.Path)} looks like exposures (it has propensities): what was shown is no behaviour, so it is left out."));
        var tables = samples.Except(exposures).Where(sample => sample.Format != Configuration.SourceFormat.Sequences).ToList();
        var events = new List<SourceGuess>();
        var catalogue = new List<SourceGuess>();
        foreach (var sample in tables)
        {
            var asEvents = ColumnGuess.Events(sample);
            if ((asEvents["shopper"] ?? asEvents["session"] ?? asEvents["client"]) is not null && (asEvents["product"] ?? asEvents["query"]) is not null)
            {
                events.Add(GuessShapes.Events(asEvents, notGuessed));
                continue;
            }

            var asCatalogue = ColumnGuess.Catalogue(sample);
            if (asCatalogue["id"] is not null && (asCatalogue["title"] ?? asCatalogue["brand"] ?? asCatalogue["category"] ?? asCatalogue["price"] ?? asCatalogue["description"]) is not null)
                catalogue.Add(GuessShapes.Catalogue(asCatalogue, notGuessed));
            else
                notGuessed.Add($"{sample.Path} is not used: its columns ({string.Join(", ", sample.Columns.Take(12))}) name neither a person and a product nor a product with its text or price. If it is needed, map its columns.");
        }

        if (events.Count == 0) AddSequences(samples, catalogue, events, notGuessed);
        else NoteSequences(samples.Where(sample => sample.Format == Configuration.SourceFormat.Sequences), notGuessed);
        if (catalogue.Count == 0) AddDescribingEvents(events, catalogue, notGuessed);
        return (catalogue, events);
    }

    // Sequence files name nothing, so one is taken: that whose name a catalogue's name begins with, else the largest.
    private static void AddSequences(IReadOnlyList<FileSample> samples, List<SourceGuess> catalogue, List<SourceGuess> events, List<string> notGuessed)
    {
        var sequences = samples.Where(sample => sample.Format == Configuration.SourceFormat.Sequences).ToList();
        if (sequences.Count == 0) return;
        var chosen = sequences.FirstOrDefault(sample => catalogue.Exists(products =>
            Path.GetFileName(products.Sample.Path).StartsWith(Path.GetFileNameWithoutExtension(sample.Path), StringComparison.OrdinalIgnoreCase))) ?? sequences[0];
        events.Add(new SourceGuess { Sample = chosen, Kind = InteractionKind.Purchase, Kinds = [InteractionKind.Purchase] });
        notGuessed.Add($"{chosen.Path} does not say what its shoppers did: purchase is assumed; set kind.");
        NoteSequences(sequences.Where(sample => sample != chosen), notGuessed);
    }

    private static void NoteSequences(IEnumerable<FileSample> others, List<string> notGuessed)
    {
        foreach (var other in others)
            notGuessed.Add($"{other.Path} is not used: it looks like one user a line, but only one such source is taken; if it belongs to this shop, add it to events.");
    }

    private static void AddDescribingEvents(List<SourceGuess> events, List<SourceGuess> catalogue, List<string> notGuessed)
    {
        foreach (var source in events)
        {
            if (source["product"] is not { } product || ColumnGuess.Describing(source) is not { Count: > 0 } described) continue;
            var columns = new List<(string, string)> { ("id", product) };
            columns.AddRange(described);
            if (source["time"] is { } time) columns.Add(("valid_from", time));
            catalogue.Add(GuessShapes.Catalogue(source with { Columns = columns, Kind = null, ReturnMark = null }, []));
            return;
        }

        if (events.Count > 0) notGuessed.Add("No file describes the products: content-based models have nothing to read, and slates show ids.");
    }
}
