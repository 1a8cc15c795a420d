namespace Touchstone.Domain;

/// <summary>What a shopper did with a product.</summary>
public enum InteractionKind
{
    /// <summary>Looked at its page.</summary>
    View,

    /// <summary>Clicked it in a slate.</summary>
    Click,

    /// <summary>Put it in the cart.</summary>
    Cart,

    /// <summary>Bought it (one order line).</summary>
    Purchase,

    /// <summary>Sent it back, or a line that takes a sale back.</summary>
    Return,

    /// <summary>Rated it.</summary>
    Rating,

    /// <summary>Searched; the product is absent.</summary>
    Search,
}
