using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>Words that shops use for kinds of events.</summary>
internal static class EventKinds
{
    private static readonly Dictionary<string, InteractionKind>.AlternateLookup<ReadOnlySpan<char>> s_words = Table(
        (InteractionKind.View, ["view", "viewed", "page_view", "pageview", "view_item", "product_view", "detail", "pv"]),
        (InteractionKind.Click, ["click", "clicked", "select_item"]),
        (InteractionKind.Cart, ["cart", "add_to_cart", "addtocart", "add to cart", "basket"]),
        (InteractionKind.Purchase, ["purchase", "purchased", "buy", "order", "transaction", "sale"]),
        (InteractionKind.Return, ["return", "refund", "cancel"]),
        (InteractionKind.Rating, ["rating", "rate", "review"]),
        (InteractionKind.Search, ["search", "query", "view_search_results"]));

    /// <summary>The kind that a word stands for, case ignored; false where it is not known.</summary>
    public static bool TryFind(ReadOnlySpan<char> word, out InteractionKind kind) => s_words.TryGetValue(word, out kind);

    private static Dictionary<string, InteractionKind>.AlternateLookup<ReadOnlySpan<char>> Table(params (InteractionKind Kind, string[] Words)[] groups)
    {
        var words = new Dictionary<string, InteractionKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, names) in groups)
        {
            foreach (var name in names) words.Add(name, kind);
        }

        return words.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
