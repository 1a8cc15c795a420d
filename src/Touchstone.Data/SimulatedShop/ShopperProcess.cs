using System.Numerics;
using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>
/// The one process that makes shoppers: the log's, the fresh ones of the offline truth, and those of the online truth under another
/// policy. One instance serves one thread and is used again for shopper after shopper. Chance is bound to what it decides (this visit,
/// this product), so that two policies meet the same shopper.
/// </summary>
internal sealed class ShopperProcess(Market market, ISlatePolicy? homePolicy = null)
{
    private const long DayMs = 86_400_000;
    private const ulong ClickSalt = 0x636C69636BUL, CartSalt = 0x63617274UL, OrderSalt = 0x6F72646572UL, LineSalt = 0x6C696E65UL, ReturnSalt = 0x72657475726EUL;
    private static readonly double[] Looks = [1.0, 0.72, 0.55, 0.44, 0.36, 0.30];

    private readonly ShopperTaste _taste = new();
    private readonly int[] _shown = new int[LoggingPolicy.SlateLength];
    private readonly int[] _candidates = new int[LoggingPolicy.SlateLength];
    private readonly List<int> _seen = [];
    private readonly List<int> _cart = [];
    private OrderLine[] _lines = new OrderLine[64];
    private int[] _products = new int[64];
    private long[] _times = new long[64];
    private int _orders;

    // Of the visit under way.
    private ulong _key;
    private long _at;
    private int _month, _week, _intent, _focal;

    /// <summary>[position] probability that a position is looked at: the position bias.</summary>
    public static ReadOnlySpan<double> LookProbabilities => Looks;

    /// <summary>Visits of the last shopper.</summary>
    public int SessionCount { get; private set; }

    /// <summary>Order lines of the last shopper.</summary>
    public int LineCount { get; private set; }

    /// <summary>[line] order lines of the last shopper, oldest first.</summary>
    public ReadOnlySpan<OrderLine> Lines => _lines.AsSpan(0, LineCount);

    /// <summary>[line] products of the lines.</summary>
    public ReadOnlySpan<int> Products => _products.AsSpan(0, LineCount);

    /// <summary>[line] times of the lines, ascending, distinct.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, LineCount);

    /// <summary>Whether the last shopper searches in Chinese.</summary>
    public bool IsChinese => _taste.IsChinese;

    /// <summary>Lives one shopper's log.</summary>
    /// <param name="shopperSeed">The shopper.</param>
    /// <param name="log">Who takes it down, or nobody.</param>
    public void Run(ulong shopperSeed, ShopperLog? log)
    {
        var random = new ShopperRandom(shopperSeed);
        _taste.Draw(market, ref random);
        LineCount = 0;
        SessionCount = 0;
        _orders = 0;
        var busy = _taste.Start;
        var free = 0L;
        while (true)
        {
            busy += random.NextExponential() / _taste.Visits;
            if (busy >= 1) return;
            _at = Math.Max(market.Calendar.AtMs(busy), free);
            if (_at >= market.Calendar.EndMs - (3 * 3_600_000L)) return;
            SessionCount++;
            _key = StableHash.Mix(shopperSeed + ((ulong)SessionCount * 0xA0761D6478BD642FUL));
            log?.Session(SessionCount, _at);
            Visit(log);
            free = _at + 1_800_000;
        }
    }

    private void Visit(ShopperLog? log)
    {
        // All draws of the visit's plan are made first, whatever comes of them.
        var random = new ShopperRandom(_key);
        var (follow, back, which, what) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
        var (home, direct, search) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
        _month = market.Calendar.MonthOf(_at);
        _week = market.Calendar.WeekOf(_at);
        _seen.Clear();
        _cart.Clear();
        Plan(follow, back, which, what);
        if (home < 0.6) Slate(Surface.Home, -1, log);
        if (_focal >= 0 && direct < 0.5)
        {
            Pass(9_000);
            log?.Search(_at, _intent, _focal, _taste.IsChinese);
            Look(_focal, -1, log);
        }
        else if (search < 0.55)
        {
            Pass(7_000);
            log?.Search(_at, _intent, -1, _taste.IsChinese);
            Slate(Surface.Search, _intent, log);
        }
        else
        {
            Slate(Surface.Category, _intent, log);
        }

        if (_cart.Count > 0 && ShopperRandom.Uniform(_key, OrderSalt) < 0.85) Order(log);
    }

    // What is bought next depends on what was bought of late: mostly on the last purchase, sometimes on the one before.
    private void Plan(double follow, double back, double which, double what)
    {
        var catalogue = market.Catalogue;
        _focal = -1;
        var last = LineCount > 1 && back < 0.2 ? LineCount - 2 : LineCount - 1;
        if (last >= 0 && follow < (_at - _times[last] < 60 * DayMs ? 0.55 : 0.2))
        {
            var place = 0;
            while (place < Catalogue.Followers - 1 && which >= Catalogue.FollowerShares[place]) which -= Catalogue.FollowerShares[place++];
            var follower = catalogue.FollowersOf[(_products[last] * Catalogue.Followers) + place];
            _intent = catalogue.LeafOf[follower];
            if (catalogue.Available[_month][follower] && !IsDone(follower)) _focal = follower;
            return;
        }

        _intent = _taste.Intent(market.Demand.AsSpan(_week * Market.LeafCount, Market.LeafCount), what);
    }

    private void Slate(Surface surface, int leaf, ShopperLog? log)
    {
        Pass(4_000);
        var context = market.Policy.At(_month, surface, leaf);
        var key = StableHash.Mix(_key + (ulong)surface + 1);
        var random = new ShopperRandom(key);
        var looked = 0u;
        for (var position = 0; position < LoggingPolicy.SlateLength; position++)
        {
            if (ShopperRandom.Uniform(key, (ulong)position) < Looks[position]) looked |= 1u << position;
        }

        int length;
        if (surface == Surface.Home && homePolicy is not null)
        {
            length = homePolicy.Fill(context, Products, Times, ref random, _shown);
        }
        else
        {
            // What nobody looks at and nobody takes down need not be drawn: the slate's stream is its own.
            var wanted = log is null ? 32 - BitOperations.LeadingZeroCount(looked) : LoggingPolicy.SlateLength;
            length = PlackettLuce.Draw(context.Weights, context.Table, ref random, _candidates.AsSpan(0, wanted));
            for (var position = 0; position < length; position++) _shown[position] = context.Candidates[_candidates[position]];
        }

        looked &= (1u << length) - 1;
        var slate = log?.Slate(_at, context, _candidates.AsSpan(0, length), looked) ?? -1;
        for (var position = 0; position < length; position++)
        {
            if ((looked >> position & 1) == 0) continue;
            var product = _shown[position];
            if (ShopperRandom.Uniform(_key ^ ClickSalt, (ulong)product) < ClickProbability(market.Catalogue, _taste, product, _intent, product == _focal, IsDone(product))) Look(product, slate, log);
        }
    }

    /// <summary>Probability that a product that is looked at is opened.</summary>
    /// <param name="catalogue">Products.</param>
    /// <param name="taste">Whose look it is.</param>
    /// <param name="product">Product index.</param>
    /// <param name="intent">Leaf that the visit is about.</param>
    /// <param name="isFocal">Whether the visit is about this very product.</param>
    /// <param name="isDone">Whether the shopper has it and needs no second one.</param>
    public static double ClickProbability(Catalogue catalogue, ShopperTaste taste, int product, int intent, bool isFocal, bool isDone)
    {
        var utility = -2.1 + (0.6 * catalogue.Appeals[product]) + (0.8 * taste.Liking(catalogue, product))
            - (0.35 * Math.Abs(catalogue.PriceScores[product] - (0.8 * taste.Budget)))
            + (catalogue.LeafOf[product] == intent ? 1.3 : -0.5);
        if (isFocal) utility += 3;
        if (isDone) utility -= 3;
        return 1 / (1 + Math.Exp(-utility));
    }

    private void Look(int product, int slate, ShopperLog? log)
    {
        if (_seen.Contains(product)) return;
        _seen.Add(product);
        Pass(12_000);
        log?.View(_at, product, slate);
        var rate = product == _focal ? 0.75 : market.Catalogue.LeafOf[product] == _intent ? 0.42 : 0.25;
        if (ShopperRandom.Uniform(_key ^ CartSalt, (ulong)product) >= rate) return;
        Pass(25_000);
        log?.Cart(_at, product);
        _cart.Add(product);
    }

    private void Order(ShopperLog? log)
    {
        Pass(60_000);
        foreach (var product in _cart)
        {
            _at += 1_000;
            var line = Line(product);
            if (LineCount == _lines.Length) Grow();
            _lines[LineCount] = line;
            _products[LineCount] = product;
            _times[LineCount++] = _at;
            log?.Purchase(line);
        }

        _orders++;
    }

    private OrderLine Line(int product)
    {
        var catalogue = market.Catalogue;
        var leafIndex = catalogue.LeafOf[product];
        var leaf = Vocabulary.Leaves[leafIndex];
        var draw = ShopperRandom.Uniform(_key ^ LineSalt, (ulong)product);
        var quantity = !leaf.IsConsumed || draw >= 0.35 ? 1 : draw >= 0.08 ? 2 : 3;
        var gross = quantity * catalogue.PriceCents[product];
        var discount = ((gross * market.PromotionPercents[(_week * Market.LeafCount) + leafIndex]) + 50) / 100;
        var back = ShopperRandom.Uniform(_key ^ ReturnSalt, (ulong)product);
        var returned = back < leaf.ReturnRate ? _at + (long)((3 + (22 * back / leaf.ReturnRate)) * DayMs) : 0;
        return new OrderLine(
            product, _at, _orders, quantity, discount, gross - discount, gross - discount - (quantity * catalogue.CostCents[product]),
            returned < market.Calendar.EndMs ? returned : 0);
    }

    private bool IsDone(int product) => Products.Contains(product) && !Vocabulary.Leaves[market.Catalogue.LeafOf[product]].IsConsumed;

    // Seconds go by, the same for the same visit.
    private void Pass(long least) => _at += least + (long)(_key >> 40) % 1_000 * 20;

    private void Grow()
    {
        Array.Resize(ref _lines, 2 * _lines.Length);
        Array.Resize(ref _products, _lines.Length);
        Array.Resize(ref _times, _lines.Length);
    }
}
