using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>Shoppers' purchases as Domain's columns: their whole behaviour, or the cases they make.</summary>
internal static class CaseCollector
{
    /// <summary>Cases of fresh shoppers.</summary>
    public static JudgedCases Cases(SimulatedWorld world, int shoppers, Seed fresh)
    {
        List<string> units = [];
        List<int> historyOffsets = [0], history = [], targetOffsets = [0], targets = [];
        List<long> times = [];
        List<double> revenues = [], margins = [];
        var process = new ShopperProcess(world.Market);
        for (var shopper = 0; shopper < shoppers; shopper++)
        {
            process.Run(SimulatedWorld.ShopperSeed(fresh, shopper), null);
            var target = LeaveOneOut.Target(process.Products);
            if (target < 0) continue;

            units.Add("F" + shopper.ToString("D8", CultureInfo.InvariantCulture));
            history.AddRange(process.Products[..target]);
            times.AddRange(process.Times[..target]);
            historyOffsets.Add(history.Count);
            targets.Add(process.Products[target]);
            revenues.Add(process.Lines[target].RevenueCents / 100.0);
            margins.Add(process.Lines[target].MarginCents / 100.0);
            targetOffsets.Add(targets.Count);
        }

        return new JudgedCases
        {
            Products = world.Products,
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

    /// <summary>The log's own purchases as a split marks them.</summary>
    public static Behaviour Behaviour(SimulatedWorld world)
    {
        var shoppers = world.Options.Shoppers;
        List<string> units = [];
        List<int> offsets = [0], products = [];
        List<SplitPart> parts = [];
        List<long> times = [];
        List<int> sessions = [];
        List<double> quantities = [], revenues = [], margins = [];
        var process = new ShopperProcess(world.Market);
        for (var shopper = 0; shopper < shoppers; shopper++)
        {
            process.Run(SimulatedWorld.ShopperSeed(world.LogSeed, shopper), null);
            if (process.LineCount == 0) continue;
            units.Add(Ids.Shopper(shopper));
            var test = LeaveOneOut.Target(process.Products);
            var validation = test < 0 ? -1 : LeaveOneOut.Validation(process.Products, test);
            // What was bought again behind the judged line is in no part.
            for (var i = 0; i < (test < 0 ? process.LineCount : test + 1); i++)
            {
                var line = process.Lines[i];
                products.Add(line.Product);
                times.Add(line.AtMs);
                sessions.Add(line.Order);
                quantities.Add(line.Quantity);
                revenues.Add(line.RevenueCents / 100.0);
                margins.Add(line.MarginCents / 100.0);
                parts.Add(i == test ? SplitPart.Test : i == validation ? SplitPart.Validation : validation >= 0 && i > validation ? SplitPart.ValidationContext : SplitPart.Train);
            }

            offsets.Add(products.Count);
        }

        return new Behaviour
        {
            Products = world.Products,
            Units = [.. units],
            Offsets = [.. offsets],
            ProductIndexes = [.. products],
            Parts = [.. parts],
            OccurredAtMs = [.. times],
            Sessions = [.. sessions],
            Quantities = [.. quantities],
            Revenues = [.. revenues],
            Margins = [.. margins],
        };
    }
}
