using Touchstone.Data.Segments;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Segments;

public sealed class SegmentStoreTests : FactStoreContract
{
    protected override async Task<IFactStore<T>> StoreWithAsync<T>(params (string Name, T[] Rows)[] batches)
    {
        IFactStore<T> store = new FactStore<T>(Files[Guid.CreateVersion7().ToString()]);
        foreach (var (name, rows) in batches) await store.AppendBatchAsync(name, rows, TestContext.Current.CancellationToken);
        return store;
    }

    [Fact]
    public void The_columns_of_a_stored_fact_change_only_on_purpose() => Assert.Equal(
        "site:text client:text shopper:text occurred_at:time",
        string.Join(' ', FactSchema<IdentityLink>.Instance.Columns.Select(c => $"{c.Name}:{c.Type}".ToLowerInvariant())));

    [Fact]
    public void A_live_segment_is_read_while_it_grows_and_becomes_a_batch_when_sealed()
    {
        var store = new FactStore<Interaction>(Files["live"]);
        using (var writer = store.OpenLive("now"))
        {
            for (var i = 1; i <= 300; i++)
            {
                writer.Append(FactSamples.Interactions[i % 3] with { Line = i });
                if (i % 100 != 0) continue;
                writer.Commit();
                Assert.Equal(i, store.Read().Count());
                Assert.False(store.TailOf("now")?.IsSealed);
            }

            Assert.Contains("another process writes this segment", Assert.Throws<SegmentException>(() => store.OpenLive("now")).Message, StringComparison.Ordinal);
        }

        Assert.True(store.TailOf("now")?.IsSealed);
        Assert.Equal(300, store.Read().Count());
        Assert.Equal(["now.seg"], Directory.GetFiles(store.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Readers_see_whole_rows_only_while_a_writer_appends()
    {
        var store = new FactStore<Interaction>(Files["busy"]);
        void Write()
        {
            using var writer = store.OpenLive("now");
            for (var i = 1; i <= 20_000; i++)
            {
                writer.Append(FactSamples.Interactions[1] with { Query = "q", Line = i });
                if (i % 50 == 0) writer.Commit();
            }
        }

        var writing = Task.Run(Write, TestContext.Current.CancellationToken);
        var last = 0;
        while (!writing.IsCompleted)
        {
            long[] lines = [.. store.ListBatches().SelectMany(b => store.Read([b])).Select(r => r.Line)];
            Assert.Equal(Enumerable.Range(1, lines.Length).Select(i => (long)i), lines);
            Assert.True(lines.Length >= last);
            last = lines.Length;
        }

        await writing;
        Assert.Equal(20_000, store.Read().Count());
    }
}
