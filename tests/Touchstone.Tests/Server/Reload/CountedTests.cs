using Touchstone.Server.Reload;

namespace Touchstone.Tests.Server.Reload;

public sealed class CountedTests
{
    [Fact]
    public async Task It_is_freed_once_when_the_owner_and_the_last_user_have_let_go()
    {
        var freed = new Freed();
        var counted = new Counted<Freed>(freed);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() =>
        {
            Assert.True(counted.TryTake());
            Assert.Equal(0, counted.Value.Count);
            counted.Release();
        }, TestContext.Current.CancellationToken)));
        Assert.True(counted.TryTake());
        counted.Release();
        Assert.Equal(0, freed.Count);
        Assert.True(counted.TryTake());
        counted.Release();
        counted.Release();
        Assert.Equal(1, freed.Count);
        Assert.False(counted.TryTake());
    }

    private sealed class Freed : IDisposable
    {
        public int Count { get; private set; }

        public void Dispose() => Count++;
    }
}
