using Touchstone.Applications.Storefront;
using Touchstone.Domain;

namespace Touchstone.Tests.Applications.Storefront;

public sealed class ShopperHistoriesTests
{
    private static readonly Behaviour Rows = new()
    {
        Products = new ProductTable(["a", "b", "c"]),
        Units = ["ann", "client:c1", "de/bob", "de/client:c2", "李"],
        Offsets = [0, 2, 3, 4, 5, 6],
        ProductIndexes = [0, 1, 2, 0, 1, 2],
        Parts = [SplitPart.Train, SplitPart.Test, SplitPart.Train, SplitPart.Validation, SplitPart.Train, SplitPart.Train],
        OccurredAtMs = [1, 2, 3, 4, 5, 6],
    };

    [Theory]
    [InlineData("ann", "0 1")]
    [InlineData("c1", "2")]
    [InlineData("bob", "0")]
    [InlineData("c2", "1")]
    [InlineData("李", "2")]
    [InlineData("zoe", "")]
    [InlineData("", "")]
    public void A_history_has_all_rows_of_a_shopper_or_client_also_of_the_site_that_serves(string id, string expected)
    {
        var history = new ShopperHistories(Rows, "de").Of(id);
        Assert.Equal(expected, string.Join(' ', history.ProductIndexes.ToArray()));
        Assert.Equal(history.ProductIndexes.Length, history.OccurredAtMs.Length);
    }

    [Fact]
    public void Rows_without_times_have_none() => Assert.Equal(0, new ShopperHistories(Rows with { OccurredAtMs = [] }, "de").Of("ann").OccurredAtMs.Length);
}
