using Touchstone.Data.Segments;
using Touchstone.Domain;
using Touchstone.Server;
using Touchstone.Serving.Exposures;

namespace Touchstone.Tests.Serving.Exposures;

/// <summary>The log on real segments.</summary>
public sealed class ExposureLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Exposures => _folder.In("exposures");

    private static Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(i)))];

    private IEnumerable<string> Recorded() => new FactStore<Exposure>(Exposures).Read().Select(row => row.Slate);

    private static async Task AppendAsync(ExposureLog log, IEnumerable<Guid> slates) =>
        await Task.WhenAll(slates.Select(slate => Task.Run(() => log.AppendAsync(ExposureRowsTests.Showing(slate).ToExposures(), Token), Token)));

    [Fact]
    public async Task A_slate_is_in_the_segment_when_its_append_has_ended_and_the_log_goes_on()
    {
        await using var log = new ExposureLog(new ExposureSegments(Exposures, TimeProvider.System).Open);
        var slate = Ids(1)[0];
        await log.AppendAsync(ExposureRowsTests.Showing(slate).ToExposures(), Token);
        Assert.Equal(Enumerable.Repeat(slate.ToString(), 3), Recorded());
    }

    [Fact]
    public async Task Two_servers_record_many_slates_at_once_into_one_folder_each_exactly_once()
    {
        var slates = Ids(600);
        await using (var first = new ExposureLog(new ExposureSegments(Exposures, TimeProvider.System).Open, rowsAPlace: 200))
        await using (var second = new ExposureLog(new ExposureSegments(Exposures, TimeProvider.System).Open))
        {
            // In waves, since all that waits is committed together.
            foreach (var wave in slates.Chunk(200)) await Task.WhenAll(AppendAsync(first, wave[..100]), AppendAsync(second, wave[100..]));
            Assert.Equal(1800, Recorded().Count());
        }

        Assert.All(Recorded().CountBy(slate => slate), slate => Assert.Equal(3, slate.Value));
        Assert.Equal(slates.Select(slate => slate.ToString()).Order(StringComparer.Ordinal), Recorded().Distinct().Order(StringComparer.Ordinal));
        var files = Directory.GetFiles(Exposures).Select(file => Path.GetExtension(file)).ToArray();
        Assert.True(files.Length > 2, "a full place is sealed and the next opened");
        Assert.All(files, extension => Assert.Equal(".seg", extension));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_fails_the_slate_and_the_next_one_is_recorded_when_it_can()
    {
        await File.WriteAllTextAsync(Exposures, "in the way", Token);
        await using var log = new ExposureLog(new ExposureSegments(Exposures, TimeProvider.System).Open);
        var slates = Ids(2);
        var fault = await Assert.ThrowsAsync<SegmentException>(() => log.AppendAsync(ExposureRowsTests.Showing(slates[0]).ToExposures(), Token));
        Assert.Contains("free space or make the folder writable", fault.Message, StringComparison.Ordinal);

        File.Delete(Exposures);
        await log.AppendAsync(ExposureRowsTests.Showing(slates[1]).ToExposures(), Token);
        Assert.Equal(Enumerable.Repeat(slates[1].ToString(), 3), Recorded());
    }

    [Fact]
    public async Task What_a_killed_server_left_open_is_sealed_and_what_another_writes_is_not()
    {
        var slates = Ids(2);
        var killed = new ExposureSegments(Exposures, TimeProvider.System).Open();
        foreach (var row in ExposureRowsTests.Showing(slates[0]).ToExposures()) killed.Append(row);
        killed.Commit();
        killed.Abandon();
        await using var living = new ExposureLog(new ExposureSegments(Exposures, TimeProvider.System).Open);
        await living.AppendAsync(ExposureRowsTests.Showing(slates[1]).ToExposures(), Token);

        Assert.Single(new ExposureSegments(Exposures, TimeProvider.System).SealOrphans());

        Assert.Single(Directory.GetFiles(Exposures, "*.live"));
        Assert.Single(Directory.GetFiles(Exposures, "*.seg"));
        Assert.Equal(6, Recorded().Count());
    }

    [Fact]
    public async Task A_log_without_slates_leaves_nothing()
    {
        await using (var log = new ExposureLog(new ExposureSegments(Exposures, TimeProvider.System).Open)) await log.AppendAsync([], Token);
        Assert.False(Directory.Exists(Exposures));
    }
}
