using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Splits;
using Touchstone.Domain;
using Touchstone.Tests.Data.Sources;

namespace Touchstone.Tests.Data.Splits;

public sealed class SampleSplitTests
{
    private static readonly DateTime IngestedAt = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static (SplitSummary Summary, Behaviour Behaviour) Split(ShopConfiguration shop, string folder)
    {
        Cleaner.Run(SampleShops.Events(shop), SampleShops.Products(shop), shop.Cleaning, folder, IngestedAt, null, TestContext.Current.CancellationToken);
        var summary = Splitter.Run(folder, shop.Split, shop.TimeZone, shop.Money.MarginRate, TestContext.Current.CancellationToken);
        var behaviour = BehaviourReader.Read(folder);
        LeakageDetector.CheckParts(behaviour, summary);
        LeakageDetector.CheckCases(behaviour, JudgedCases.From(behaviour, SplitPart.Test), SplitPart.Test);
        LeakageDetector.CheckHistories(behaviour, TrainingHistories.From(behaviour));
        return (summary, behaviour);
    }

    [Fact]
    public void Beauty_judges_each_shoppers_last_product_and_its_sales_rank_is_refused()
    {
        using var files = new ScratchFiles();
        var shop = SampleShops.Load("amazon-beauty");
        var (summary, behaviour) = Split(shop, files.Folder);
        Assert.Equal((SplitMethod.LeaveOneOut, 22_363, 22_363, 22_363), (summary.Method, summary.Units, summary.UnitsTested, summary.UnitsValidated));
        Assert.Equal((198_502 - (2 * 22_363), 22_363, 22_363, 0), (summary.TrainRows, summary.ValidationRows, summary.TestRows, summary.DroppedRows));
        Assert.Equal(12_101, behaviour.Products.Count);
        Assert.Equal(11_516, behaviour.Products.Prices.Count(p => !double.IsNaN(p)));

        // The same catalogue, had nobody named the column under future.
        var careless = shop with { Catalogue = [.. shop.Catalogue.Select(c => c with { Future = [], Attributes = ["sales_rank"] })] };
        Cleaner.Run([], SampleShops.Products(careless), [], files["careless"], IngestedAt, null, TestContext.Current.CancellationToken);
        var attributes = ProductAttributes.ReadNumeric(files["careless"], behaviour.Products);
        var error = Assert.Throws<LeakageException>(() => AttributeLeakage.Check(behaviour, attributes, []));
        Assert.StartsWith("Product column sales_rank is by its name popularity after the fact: its rank correlation with how often products occur is -0.", error.Message, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(error.Message);
    }

    [Fact]
    public void Diginetica_is_split_by_session()
    {
        using var files = new ScratchFiles();
        var (summary, behaviour) = Split(SampleShops.Load("diginetica"), files.Folder);
        Assert.Equal((SplitMethod.Session, InteractionKind.View), (summary.Method, summary.Target));
        Assert.Equal(2_986, summary.Units);
        Assert.True(summary.UnitsTested > 200, $"{summary.UnitsTested} sessions judged");
        Assert.Empty(behaviour.Revenues);
        TestContext.Current.TestOutputHelper?.WriteLine(File.ReadAllText(files["split.json"]));
    }
}
