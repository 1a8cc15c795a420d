namespace Touchstone.Data.SimulatedShop;

/// <summary>All of one world that shoppers meet: products, calendar, demand and promotions by week, and the logging policy.</summary>
internal sealed class Market
{
    private const int WeeksAYear = 53;

    /// <summary>Makes the world of some options.</summary>
    public Market(SimulatedShopOptions options)
    {
        Calendar = new Calendar(options.FirstDay, options.Days);
        Catalogue = new Catalogue(options, Calendar.MonthCount);
        Days = options.Days;
        Demand = new float[WeeksAYear * LeafCount];
        PromotionPercents = new byte[WeeksAYear * LeafCount];
        var random = options.Seed.For("simulated-shop/promotions").NewRandom();
        for (var week = 0; week < WeeksAYear; week++)
        {
            for (var leaf = 0; leaf < LeafCount; leaf++)
            {
                Demand[(week * LeafCount) + leaf] = (float)(Vocabulary.Leaves[leaf].Demand * Season(week, Vocabulary.Leaves[leaf].PeakWeek));
                var percent = random.NextDouble() < 0.12 ? 5 * (1 + random.NextInt(4)) : 0;
                PromotionPercents[(week * LeafCount) + leaf] = (byte)(week == 47 ? Math.Max(percent, 15) : percent);
            }
        }

        var first = options.FirstDay.Month - 1;
        Policy = new LoggingPolicy(Catalogue, Calendar.MonthCount, (month, leaf) => Season(4.345 * ((first + month) % 12 + 0.5), Vocabulary.Leaves[leaf].PeakWeek), options.Seed);
    }

    /// <summary>How many leaf categories there are.</summary>
    public static int LeafCount => Vocabulary.Leaves.Length;

    /// <summary>When.</summary>
    public Calendar Calendar { get; }

    /// <summary>What is sold.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>Days of the log.</summary>
    public int Days { get; }

    /// <summary>[week, leaf] relative demand.</summary>
    public float[] Demand { get; }

    /// <summary>[week, leaf] discount in hundredths of the price.</summary>
    public byte[] PromotionPercents { get; }

    /// <summary>The policy that writes the log.</summary>
    public LoggingPolicy Policy { get; }

    private static double Season(double week, int peak)
    {
        if (peak < 0) return 1;
        var away = Math.Abs(week - peak);
        away = Math.Min(away, 52 - away);
        return 0.75 + (1.5 * Math.Exp(-0.5 * Math.Pow(away / 4, 2)));
    }
}
