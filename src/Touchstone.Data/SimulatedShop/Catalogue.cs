using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>The products of one world as columns: what the shop knows (names, prices, costs) and what only the world knows (appeal, style, what follows).</summary>
internal sealed class Catalogue
{
    /// <summary>Dimensions of taste.</summary>
    public const int Dimensions = 6;

    /// <summary>Products that may follow one product.</summary>
    public const int Followers = 6;

    /// <summary>[follower] share of a product's follow-up purchases, most likely first.</summary>
    public static readonly double[] FollowerShares = [0.32, 0.22, 0.16, 0.12, 0.10, 0.08];

    /// <summary>Makes the products.</summary>
    public Catalogue(SimulatedShopOptions options, int months)
    {
        var seed = options.Seed.For("simulated-shop/catalogue");
        var random = seed.NewRandom();
        var count = options.Products;
        var leaves = Vocabulary.Leaves;
        LeafOf = AssignLeaves(count, random);
        BrandOf = new int[count];
        PriceCents = new long[count];
        CostCents = new long[count];
        PriceScores = new float[count];
        Appeals = new float[count];
        Styles = new float[count * Dimensions];
        FirstMonths = new int[count];
        Names = new ProductNames[count];
        LeafTastes = Normals(leaves.Length * Dimensions, random);
        var brandTastes = Normals(Vocabulary.Brands.Length * Dimensions, random);
        var brandPrices = Normals(Vocabulary.Brands.Length, random);
        var brandMargins = Normals(Vocabulary.Brands.Length, random);
        for (var product = 0; product < count; product++)
        {
            var leaf = leaves[LeafOf[product]];
            var brand = BrandOf[product] = DrawBrand(leaf.Root, random);
            PriceScores[product] = (float)((0.6 * brandPrices[brand]) + (0.8 * random.NextNormal()));
            var price = leaf.Price * Math.Exp(0.4 * PriceScores[product]);
            PriceCents[product] = Math.Max(199, ((long)Math.Round(price) * 100) - 1);
            var margin = Math.Clamp(leaf.MarginRate + (0.05 * brandMargins[brand]) + (0.03 * random.NextNormal()), 0.03, 0.85);
            CostCents[product] = (long)Math.Round(PriceCents[product] * (1 - margin));
            Appeals[product] = (float)random.NextNormal();
            for (var d = 0; d < Dimensions; d++)
                Styles[(product * Dimensions) + d] = (float)(((0.75 * brandTastes[(brand * Dimensions) + d]) + (0.66 * random.NextNormal())) / Math.Sqrt(Dimensions));
            FirstMonths[product] = random.NextDouble() < 0.12 ? random.NextInt(months) : 0;
            Names[product] = ProductNames.Draw(random, leaf.Root);
        }

        Members = new int[leaves.Length][];
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            Members[leaf] = [.. Enumerable.Range(0, count).Where(product => LeafOf[product] == leaf)];
            // Two of each kind are always to be had, so that no slate is ever empty.
            FirstMonths[Members[leaf][0]] = FirstMonths[Members[leaf][1]] = 0;
        }

        Available = AssignAvailability(count, months, random);
        FollowersOf = AssignFollowers(count, random);
        Table = MakeTable();
    }

    /// <summary>[product] leaf category.</summary>
    public int[] LeafOf { get; }

    /// <summary>[product] brand.</summary>
    public int[] BrandOf { get; }

    /// <summary>[product] list price in hundredths.</summary>
    public long[] PriceCents { get; }

    /// <summary>[product] unit cost in hundredths.</summary>
    public long[] CostCents { get; }

    /// <summary>[product] how dear it is within its leaf, about standard normal.</summary>
    public float[] PriceScores { get; }

    /// <summary>[product] how much everybody likes it, standard normal.</summary>
    public float[] Appeals { get; }

    /// <summary>[product, dimension] style, by brand and its own.</summary>
    public float[] Styles { get; }

    /// <summary>[leaf, dimension] what a taste says of a leaf.</summary>
    public float[] LeafTastes { get; }

    /// <summary>[product] month of its launch.</summary>
    public int[] FirstMonths { get; }

    /// <summary>[month][product] whether it could be bought.</summary>
    public bool[][] Available { get; }

    /// <summary>[leaf] its products, ascending.</summary>
    public int[][] Members { get; }

    /// <summary>[product, follower] what is bought next after it.</summary>
    public int[] FollowersOf { get; }

    /// <summary>[product] its name's parts.</summary>
    public ProductNames[] Names { get; }

    /// <summary>The products as Domain's columns, English text.</summary>
    public ProductTable Table { get; }

    /// <summary>How many products.</summary>
    public int Count => LeafOf.Length;

    private static float[] Normals(int count, Numerics.SeededRandom random)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = (float)random.NextNormal();
        return values;
    }

    // Every leaf has two; the rest follow demand. Shuffled, so that an id says nothing.
    private static int[] AssignLeaves(int count, Numerics.SeededRandom random)
    {
        var leaves = Vocabulary.Leaves;
        var total = leaves.Sum(leaf => leaf.Demand);
        var assigned = new int[count];
        for (var product = 0; product < count; product++)
        {
            if (product < 2 * leaves.Length)
            {
                assigned[product] = product / 2;
                continue;
            }

            var point = random.NextDouble() * total;
            var leaf = 0;
            while (leaf < leaves.Length - 1 && point >= leaves[leaf].Demand) point -= leaves[leaf++].Demand;
            assigned[product] = leaf;
        }

        random.Shuffle(assigned.AsSpan());
        return assigned;
    }

    private static int DrawBrand(int root, Numerics.SeededRandom random)
    {
        int[] sellers = [.. Enumerable.Range(0, Vocabulary.Brands.Length).Where(brand => Vocabulary.Brands[brand].Roots.Contains(root))];
        return sellers[random.NextInt(sellers.Length)];
    }

    private bool[][] AssignAvailability(int count, int months, Numerics.SeededRandom random)
    {
        var available = new bool[months][];
        for (var month = 0; month < months; month++)
        {
            available[month] = new bool[count];
            for (var product = 0; product < count; product++)
                available[month][product] = month >= FirstMonths[product] && random.NextDouble() >= 0.03;
            foreach (var members in Members) available[month][members[0]] = available[month][members[1]] = true;
        }

        return available;
    }

    // Followers come from the leaf's next leaves, the same brand and a like style first: an accessory fits its device.
    private int[] AssignFollowers(int count, Numerics.SeededRandom random)
    {
        var followers = new int[count * Followers];
        Span<int> chosen = stackalloc int[Followers];
        for (var product = 0; product < count; product++)
        {
            var next = Vocabulary.Leaves[LeafOf[product]].Next;
            chosen.Fill(-1);
            for (var place = 0; place < Followers; place++)
            {
                var point = random.NextDouble();
                var at = 0;
                while (at < next.Length - 1 && point >= next[at].Share) point -= next[at++].Share;
                chosen[place] = BestFit(product, Members[Vocabulary.LeafOf(next[at].English)], chosen[..place], random);
            }

            chosen.CopyTo(followers.AsSpan(product * Followers));
        }

        return followers;
    }

    private int BestFit(int product, int[] members, ReadOnlySpan<int> chosen, Numerics.SeededRandom random)
    {
        var best = -1;
        var bestFit = double.NegativeInfinity;
        foreach (var candidate in members)
        {
            var noise = random.NextNormal();
            if (candidate == product || chosen.Contains(candidate)) continue;
            var fit = (0.8 * noise) + (0.3 * Appeals[candidate]) + (BrandOf[candidate] == BrandOf[product] ? 1.2 : 0);
            if (fit <= bestFit) continue;
            bestFit = fit;
            best = candidate;
        }

        // A leaf of two may be used up: then the product is followed by the first of them again.
        return best >= 0 ? best : members.First(candidate => candidate != product);
    }

    private ProductTable MakeTable()
    {
        var count = Count;
        var ids = new string[count];
        var width = Math.Max(5, (count - 1).ToString(CultureInfo.InvariantCulture).Length);
        for (var product = 0; product < count; product++) ids[product] = "P" + (product + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        return new ProductTable(ids)
        {
            Titles = [.. Enumerable.Range(0, count).Select(product => ProductText.Title(this, product, false))],
            Brands = [.. Enumerable.Range(0, count).Select(product => Vocabulary.Brands[BrandOf[product]].English)],
            Categories = [.. Enumerable.Range(0, count).Select(product => ProductText.Category(this, product, false))],
            Descriptions = [.. Enumerable.Range(0, count).Select(product => ProductText.Description(this, product, false))],
            Prices = [.. PriceCents.Select(cents => cents / 100.0)],
            UnitCosts = [.. CostCents.Select(cents => cents / 100.0)],
        };
    }
}
