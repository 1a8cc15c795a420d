using Touchstone.Data.Segments;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Segments;

/// <summary>The same contract once all segments are compacted.</summary>
public sealed class ParquetStoreTests : FactStoreContract
{
    protected override Task<IFactStore<T>> StoreWithAsync<T>(params (string Name, T[] Rows)[] batches)
    {
        var store = new FactStore<T>(Files[Guid.CreateVersion7().ToString()]);
        foreach (var (name, rows) in batches) store.AppendBatch(name, rows, TestContext.Current.CancellationToken);
        Assert.Equal(batches.Length, store.Compact(TestContext.Current.CancellationToken).Count);
        Assert.Empty(batches.Length == 0 ? [] : Directory.GetFiles(store.Folder, "*.seg"));
        return Task.FromResult<IFactStore<T>>(store);
    }

    [Fact]
    public void A_live_segment_is_left_alone_and_a_second_compaction_finds_nothing()
    {
        var store = new FactStore<IdentityLink>(Files["mixed"]);
        store.AppendBatch("one", FactSamples.Links, TestContext.Current.CancellationToken);
        using var writer = store.OpenLive("two");
        writer.Append(FactSamples.Links[0]);
        writer.Commit();
        Assert.Equal(["one"], store.Compact(TestContext.Current.CancellationToken));
        Assert.Empty(store.Compact(TestContext.Current.CancellationToken));
        Assert.Equal(2, store.Read().Count());
    }
}
