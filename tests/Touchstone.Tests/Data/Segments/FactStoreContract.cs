using Touchstone.Domain;

namespace Touchstone.Tests.Data.Segments;

/// <summary>What every store of facts must do, whatever it is made of.</summary>
public abstract class FactStoreContract : IDisposable
{
    protected ScratchFiles Files { get; } = new();

    public virtual void Dispose()
    {
        Files.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A store with the batches as given, in its form at rest.</summary>
    protected abstract Task<IFactStore<T>> StoreWithAsync<T>(params (string Name, T[] Rows)[] batches);

    private static async Task<List<T>> AllAsync<T>(IFactStore<T> store, params string[] batches)
    {
        List<T> rows = [];
        await foreach (var row in store.ReadAsync(batches.Length == 0 ? null : batches, TestContext.Current.CancellationToken)) rows.Add(row);
        return rows;
    }

    private async Task ComesBack<T>(T[] rows)
    {
        var read = await AllAsync(await StoreWithAsync(("one", rows)));
        Assert.Equal(rows, read);
        Assert.Equal(rows.Select(r => $"{r}"), read.Select(r => $"{r}"));
    }

    [Fact]
    public async Task Every_fact_comes_back_as_it_was()
    {
        await ComesBack(FactSamples.Interactions);
        Assert.All(await AllAsync(await StoreWithAsync(("b", FactSamples.Interactions))), r => Assert.NotEqual(DateTimeKind.Unspecified, r.OccurredAt?.Kind));
    }

    [Fact]
    public Task Products_come_back() => ComesBack(FactSamples.Products);

    [Fact]
    public Task Exposures_come_back() => ComesBack(FactSamples.Exposures);

    [Fact]
    public Task Assignments_come_back() => ComesBack(FactSamples.Assignments);

    [Fact]
    public Task Identity_links_come_back() => ComesBack(FactSamples.Links);

    [Fact]
    public Task Ledger_entries_come_back() => ComesBack(FactSamples.Entries);

    [Fact]
    public async Task Order_is_kept_within_a_batch_and_batches_come_by_name()
    {
        Interaction[] rows = [.. Enumerable.Range(0, 5000).Select(i => FactSamples.Interactions[i % 3] with { Line = i * 7919 % 5003 })];
        var store = await StoreWithAsync(("b", rows[..2000]), ("a", rows[2000..]), ("empty", []));
        Assert.Equal(["a", "b", "empty"], await store.ListBatchesAsync(TestContext.Current.CancellationToken));
        Assert.Equal([.. rows[2000..], .. rows[..2000]], await AllAsync(store));
        Assert.Equal(rows[..2000], await AllAsync(store, "b"));
    }

    [Fact]
    public async Task A_batch_is_added_once_and_a_missing_one_is_named()
    {
        var store = await StoreWithAsync(("one", FactSamples.Links));
        var taken = await Assert.ThrowsAsync<ArgumentException>(() => store.AppendBatchAsync("one", FactSamples.Links, TestContext.Current.CancellationToken));
        Assert.Contains("batch one is there already; facts are only added", taken.Message, StringComparison.Ordinal);
        var absent = await Assert.ThrowsAsync<ArgumentException>(() => AllAsync(store, "two"));
        Assert.Contains("there is no batch two", absent.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendBatchAsync("../two", FactSamples.Links, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_batch_that_fails_half_way_leaves_nothing()
    {
        var store = await StoreWithAsync<IdentityLink>();
        IEnumerable<IdentityLink> Failing()
        {
            yield return FactSamples.Links[0];
            throw new InvalidOperationException("the source broke");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.AppendBatchAsync("one", Failing(), TestContext.Current.CancellationToken));
        Assert.Empty(await store.ListBatchesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await store.AppendBatchAsync("one", FactSamples.Links, TestContext.Current.CancellationToken));
    }
}
