using Touchstone.Data.Segments;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Segments;

public sealed class FactWarehouseTests : IDisposable
{
    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    private static object? One(FactWarehouse warehouse, string sql) => warehouse.Query(sql).Single()[0];

    [Fact]
    public void It_follows_the_segments_and_can_be_deleted()
    {
        var token = TestContext.Current.CancellationToken;
        var events = new FactStore<Interaction>(_files["events"]);
        events.AppendBatch("one", FactSamples.Interactions, token);
        using (var warehouse = FactWarehouse.Open(_files.Folder))
        {
            Assert.True(warehouse.IsOwner);
            Assert.Equal(3, warehouse.Refresh(token));
            Assert.Equal(0, warehouse.Refresh(token));
            Assert.Equal("无线 降噪 耳机", One(warehouse, "SELECT shopper FROM interaction WHERE kind = 'return'"));
            using var live = events.OpenLive("two");
            live.Append(FactSamples.Interactions[0]);
            live.Commit();
            warehouse.Refresh(token);
            Assert.Equal(4L, One(warehouse, "SELECT count(*) FROM interaction"));
            live.Append(FactSamples.Interactions[0]);
            live.Commit();
            warehouse.Refresh(token);
            Assert.Equal(5L, One(warehouse, "SELECT count(*) FROM interaction"));
        }

        events.Compact(token);
        File.WriteAllText(_files["warehouse.duckdb"], "not a database");
        using var rebuilt = FactWarehouse.Open(_files.Folder);
        Assert.Equal(5, rebuilt.Refresh(token));
        events.DeleteBatch("one");
        rebuilt.Refresh(token);
        Assert.Equal(2L, One(rebuilt, "SELECT count(*) FROM interaction"));
    }

    [Fact]
    public void A_second_opener_makes_its_own_which_goes_with_it()
    {
        new FactStore<IdentityLink>(_files["identities"]).AppendBatch("one", FactSamples.Links, TestContext.Current.CancellationToken);
        using var first = FactWarehouse.Open(_files.Folder);
        var second = FactWarehouse.Open(_files.Folder);
        Assert.False(second.IsOwner);
        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal((1L, 1L), (first.Refresh(TestContext.Current.CancellationToken), second.Refresh(TestContext.Current.CancellationToken)));
        second.Dispose();
        Assert.False(File.Exists(second.Path));
        Assert.Contains("nothing_like_it", Assert.Throws<WarehouseException>(() => first.Query("SELECT * FROM nothing_like_it").ToList()).Message, StringComparison.Ordinal);
    }
}
