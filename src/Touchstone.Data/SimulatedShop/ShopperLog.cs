namespace Touchstone.Data.SimulatedShop;

/// <summary>Takes down what a shopper does. The process is the same with and without one: nothing here is asked for its view.</summary>
internal abstract class ShopperLog
{
    /// <summary>A new visit.</summary>
    public abstract void Session(int number, long atMs);

    /// <summary>A search for a kind of product (<paramref name="product"/> is -1) or for one product.</summary>
    public abstract void Search(long atMs, int leaf, int product, bool isChinese);

    /// <summary>A slate of the logging policy, and which positions were looked at (bit by position).</summary>
    /// <returns>Number of the slate, which views name.</returns>
    public abstract int Slate(long atMs, SlateContext context, ReadOnlySpan<int> candidates, uint viewed);

    /// <summary>A product page, from a slate or (-1) directly.</summary>
    public abstract void View(long atMs, int product, int slate);

    /// <summary>A product put into the cart.</summary>
    public abstract void Cart(long atMs, int product);

    /// <summary>One line of an order.</summary>
    public abstract void Purchase(in OrderLine line);
}
