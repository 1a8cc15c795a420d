using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Looks at the values of the guessed columns, drops columns whose values do not fit, and tells what stays open.</summary>
internal static class GuessShapes
{
    private static readonly string[] s_numbers = ["unit_price", "line_total", "price", "unit_cost", "discount", "tax", "shipping", "quantity", "rating"];

    /// <summary>Shapes of an events source.</summary>
    public static SourceGuess Events(SourceGuess guess, List<string> notGuessed)
    {
        guess = Times(Numbers(guess, notGuessed), "time", notGuessed);
        guess = Kinds(guess, notGuessed);
        if (guess["order"] is { } order && guess["quantity"] is { } quantity)
            guess = guess with { ReturnMark = ShapeGuess.ReturnMark(guess.Sample, order, quantity) };
        if (guess["time"] is null) notGuessed.Add($"{guess.Sample.Path} has no times that could be read: only the order of its rows is known, so there is no split by time.");
        Unused(guess, notGuessed);
        return guess;
    }

    /// <summary>Shapes of a catalogue source.</summary>
    public static SourceGuess Catalogue(SourceGuess guess, List<string> notGuessed)
    {
        guess = Times(Numbers(guess, notGuessed), "valid_from", notGuessed);
        if (guess["category"] is { } category)
            guess = guess with { CategorySeparator = ShapeGuess.CategorySeparator([.. guess.Sample.Values(category)]) };
        Unused(guess, notGuessed);
        return guess;
    }

    private static SourceGuess Numbers(SourceGuess guess, List<string> notGuessed)
    {
        foreach (var (field, column) in guess.Columns)
        {
            if (!s_numbers.Contains(field)) continue;
            var values = guess.Sample.Values(column).ToList();
            switch (ShapeGuess.DecimalSeparator(values))
            {
                case ',':
                    guess = guess with { DecimalSeparator = ',' };
                    break;
                case null:
                    guess = Without(guess, field);
                    notGuessed.Add($"{guess.Sample.Path} column \"{column}\" is named like {field} but holds no plain numbers, such as \"{values[0]}\": it is not mapped.");
                    break;
            }

            if (field is "unit_price" or "price" && LooksLikeCents(values))
                notGuessed.Add($"{guess.Sample.Path} column \"{column}\" holds whole numbers only, half of them from 1,000 up: if they are cents, set price_in: cents.");
        }

        return guess;
    }

    private static bool LooksLikeCents(List<string> values)
    {
        var numbers = values.Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).Order().ToList();
        return numbers.Count > 0 && numbers[0] >= 0 && numbers[numbers.Count / 2] >= 1000;
    }

    private static SourceGuess Times(SourceGuess guess, string field, List<string> notGuessed)
    {
        if (guess[field] is not { } column) return guess["time_offset_ms"] is null ? guess : Without(guess, "time_offset_ms");
        var values = guess.Sample.Values(column).ToList();
        if (ShapeGuess.TimeFormat(values, out var isAmbiguous, out var hasOffset) is not { } format)
        {
            notGuessed.Add($"{guess.Sample.Path} column \"{column}\" is named like a time but its form is not known{(values.Count > 0 ? $", such as \"{values[0]}\"" : "")}: set columns and time_format.");
            return Without(Without(guess, field), "time_offset_ms");
        }

        if (isAmbiguous) notGuessed.Add($"{guess.Sample.Path} column \"{column}\": day and month cannot be told apart in the first rows; {format} is assumed, check time_format.");
        if (!hasOffset && field == "time") notGuessed.Add($"{guess.Sample.Path} column \"{column}\" states no offset from UTC: set time_zone to the shop's, UTC is assumed.");
        return guess with { TimeFormat = format };
    }

    private static SourceGuess Kinds(SourceGuess guess, List<string> notGuessed)
    {
        if (guess["kind"] is { } column)
        {
            var words = guess.Sample.Values(column).Distinct().Order(StringComparer.Ordinal).ToList();
            var kinds = words.Where(word => EventKinds.TryFind(word.AsSpan().Trim(), out _)).ToList();
            if (kinds.Count > 0)
            {
                foreach (var word in words.Except(kinds))
                    notGuessed.Add($"{guess.Sample.Path} column \"{column}\" has \"{word}\", which is no known kind: map it under kinds, or its rows are unreadable.");
                return guess with { Kinds = [.. kinds.Select(Kind).Distinct()] };
            }

            notGuessed.Add($"{guess.Sample.Path} column \"{column}\" is named like a kind but its values ({string.Join(", ", words.Take(5))}) are none that are known: map them under kinds.");
            guess = Without(guess, "kind");
        }

        InteractionKind? told = guess["order"] is not null ? InteractionKind.Purchase
            : guess["rating"] is not null ? InteractionKind.Rating
            : ShapeGuess.KindByName(Path.GetFileName(guess.Sample.Path)) ?? guess.Sample.Columns.Select(ShapeGuess.KindByName).FirstOrDefault(kind => kind is not null)
            ?? ((guess["quantity"] ?? guess["line_total"]) is not null ? InteractionKind.Purchase : null);
        if (told is null) notGuessed.Add($"{guess.Sample.Path} does not say what its shoppers did: view is assumed; set kind.");
        var kind = told ?? (guess["product"] is null ? InteractionKind.Search : InteractionKind.View);
        return guess with { Kind = kind, Kinds = [kind] };
    }

    private static InteractionKind Kind(string word)
    {
        EventKinds.TryFind(word.AsSpan().Trim(), out var kind);
        return kind;
    }

    private static void Unused(SourceGuess guess, List<string> notGuessed)
    {
        var used = guess.Columns.Select(pair => pair.Column).Concat(guess.Future).ToHashSet(StringComparer.Ordinal);
        var unused = guess.Sample.Columns.Where(column => column.Length > 0 && !used.Contains(column)).ToList();
        if (unused.Count > 0)
            notGuessed.Add($"{guess.Sample.Path} has columns that are not read: {string.Join(", ", unused.Take(20))}{(unused.Count > 20 ? ", …" : "")}.");
    }

    private static SourceGuess Without(SourceGuess guess, string field) => guess with { Columns = [.. guess.Columns.Where(pair => pair.Field != field)] };
}
