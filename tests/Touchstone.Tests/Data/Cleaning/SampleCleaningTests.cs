using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Sources;
using Touchstone.Tests.Data.Sources;

namespace Touchstone.Tests.Data.Cleaning;

public sealed class SampleCleaningTests
{
    [Fact]
    public void Every_line_of_Online_Retail_is_accounted_for_to_the_penny()
    {
        using var files = new ScratchFiles();
        var shop = SampleShops.Load("online-retail");
        var token = TestContext.Current.CancellationToken;
        var ids = shop.Cleaning.Append(new OptionSet
        {
            Name = "not-a-product",
            Values = new OptionSet { Name = "x" }.Values.Add("ids", "POST\nDOT\nM\nC2\nD\nS\nBANK CHARGES\nAMAZONFEE\nCRUK\nPADS"),
        });
        var account = Cleaner.Run(
            shop.Events.SelectMany(s => EventSource.Read(s, shop, null, null, token)),
            shop.Catalogue.SelectMany(s => CatalogueSource.Read(s, shop, null, token)),
            [.. ids],
            files.Folder,
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            null,
            token);
        Assert.Equal(431_673, account.RowsIn);
        Assert.Equal(8_518_395.534m, account.MoneyIn.Positive);
        Assert.Equal(-666_071.86m, decimal.Round(account.MoneyIn.Negative, 2));
        Assert.Equal(108_103, account.RowsWithoutShopper);
        Assert.Equal(account.RowsIn, account.Kept + account.ProductsOnly + account.Rejected + account.Merged);
        Assert.Equal(account.RowsIn - account.Kept, account.Rules.Sum(r => r.Rows));
        Assert.Equal(account.MoneyIn.Positive, account.MoneyKept.Positive + account.Rules.Sum(r => r.Money.Positive));
        Assert.Equal(account.MoneyIn.Negative, account.MoneyKept.Negative + account.Rules.Sum(r => r.Money.Negative));
        Assert.Equal(11, account.Sources.Count);
        Assert.Equal(0, account.Products.Unknown);
        Assert.Equal(["GBP"], account.Currencies);
        TestContext.Current.TestOutputHelper?.WriteLine(File.ReadAllText(files["account.json"]));
    }
}
