using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Keeps what shoppers do until all of it can be written in order of time.</summary>
internal sealed class LogCollector(Market market, SimulatedShopOptions options) : ShopperLog
{
    private readonly ulong _whims = options.Seed.For("simulated-shop/queries").Value;
    private readonly ulong _sampling = options.Seed.For("simulated-shop/exposure-sampling").Value;
    private int _shopper, _session, _sequence, _querySequence;
    private long _queryAtMs;
    private bool _isLogged;

    /// <summary>Events, in order of shoppers.</summary>
    public List<LogRow> Rows { get; } = [];

    /// <summary>Slates, in order of shoppers.</summary>
    public List<SlateRow> Slates { get; } = [];

    /// <summary>[position] candidates of all slates.</summary>
    public List<int> Candidates { get; } = [];

    /// <summary>Sessions so far.</summary>
    public int SessionCount { get; private set; }

    /// <summary>Begins a shopper.</summary>
    public void Begin(int shopper)
    {
        _shopper = shopper;
        _sequence = 0;
        _isLogged = ShopperRandom.Uniform(_sampling, (ulong)shopper) < options.ExposureRate;
    }

    /// <inheritdoc/>
    public override void Session(int number, long atMs)
    {
        _session = number;
        _querySequence = -1;
        SessionCount++;
    }

    /// <inheritdoc/>
    public override void Search(long atMs, int leaf, int product, bool isChinese)
    {
        var random = new ShopperRandom(_whims ^ ((ulong)_shopper << 24) ^ (ulong)_sequence);
        var query = product >= 0 ? ProductText.Query(market.Catalogue, product, isChinese) : ProductText.Query(leaf, isChinese, ref random);
        _querySequence = _sequence;
        _queryAtMs = atMs;
        Add(InteractionKind.Search, atMs, -1, -1, default, query);
    }

    /// <inheritdoc/>
    public override int Slate(long atMs, SlateContext context, ReadOnlySpan<int> candidates, uint viewed)
    {
        var isSearch = context.Surface == Surface.Search;
        Slates.Add(new SlateRow(
            context, atMs, _shopper, _session, _sequence++, Candidates.Count, candidates.Length, viewed, isSearch ? _queryAtMs : 0, isSearch ? _querySequence : -1, _isLogged));
        Candidates.AddRange(candidates);
        return Slates.Count - 1;
    }

    /// <inheritdoc/>
    public override void View(long atMs, int product, int slate) => Add(InteractionKind.View, atMs, product, slate, default, null);

    /// <inheritdoc/>
    public override void Cart(long atMs, int product) => Add(InteractionKind.Cart, atMs, product, -1, default, null);

    /// <inheritdoc/>
    public override void Purchase(in OrderLine line)
    {
        var bought = _sequence;
        Add(InteractionKind.Purchase, line.AtMs, line.Product, -1, line, null);
        if (line.ReturnedAtMs > 0)
            Rows.Add(new LogRow(InteractionKind.Return, line.ReturnedAtMs, _shopper, _session, _sequence++, line.Product, -1, line, line.AtMs, bought, null));
    }

    private void Add(InteractionKind kind, long atMs, int product, int slate, OrderLine line, string? query) =>
        Rows.Add(new LogRow(kind, atMs, _shopper, _session, _sequence++, product, slate, line, 0, 0, query));
}
