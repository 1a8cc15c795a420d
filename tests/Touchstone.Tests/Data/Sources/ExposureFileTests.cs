using System.IO.Compression;
using System.Text;
using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

public sealed class ExposureFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("2026-03-31T10:15:00Z", 10, 15)]
    [InlineData("2026-03-31T10:15:00+02:00", 8, 15)]
    [InlineData("2026-03-31 10:15", 10, 15)]
    [InlineData("2026-03-31", 0, 0)]
    public void Times_are_UTC_where_no_offset_is_stated(string text, int hour, int minute)
    {
        var shown = Assert.Single(ExposureFile.Read(Write($"slate,occurred_at,product,rank\ns,{text},p,1\n"), TestContext.Current.CancellationToken));
        Assert.Equal((new DateTime(2026, 3, 31, hour, minute, 0), DateTimeKind.Utc), (shown.OccurredAt, shown.OccurredAt.Kind));
        Assert.Equal((null, null, null), (shown.Shopper, shown.Session, shown.IsViewed));
    }

    [Theory]
    [InlineData("10:15")]
    [InlineData("03/04/2026")]
    [InlineData("tomorrow")]
    public void A_time_without_a_date_or_with_an_ambiguous_one_is_refused(string text) =>
        Assert.Equal($"{_folder.In("log.csv")}:2 occurred_at \"{text}\" is not a time; write it as 2026-03-31T10:15:00Z.",
            Assert.Throws<SourceException>(() => ExposureFile.Read(Write($"slate,occurred_at,product,rank\ns,{text},p,1\n"), TestContext.Current.CancellationToken).ToList()).Message);

    [Fact]
    public void Requests_without_a_column_of_failures_say_nothing_of_them()
    {
        var (durations, isFailed, times) = ExposureFile.ReadRequests(Write("duration_ms,occurred_at\n10,2026-01-01T00:00:10Z\n20,2026-01-01T00:00:20Z\n"), TestContext.Current.CancellationToken);
        Assert.Equal([10, 20], durations);
        Assert.Empty(isFailed);
        Assert.Equal(2, times.Length);
        Assert.Equal([false, true], ExposureFile.ReadRequests(Write("duration_ms,failed\n10,false\n20,1\n"), TestContext.Current.CancellationToken).IsFailed);
        Assert.Equal([false, true], ExposureFile.ReadRequests(Write("duration_ms,status\n10,404\n20,500\n"), TestContext.Current.CancellationToken).IsFailed);
    }

    [Fact]
    public void A_packed_file_that_was_cut_off_is_told()
    {
        using (var packed = new GZipStream(File.Create(_folder.In("cut.csv.gz")), CompressionLevel.NoCompression))
            packed.Write(Encoding.UTF8.GetBytes("duration_ms\n" + string.Concat(Enumerable.Repeat("10\n", 2_000))));
        File.WriteAllBytes(_folder.In("cut.csv.gz"), File.ReadAllBytes(_folder.In("cut.csv.gz"))[..^6]);
        Assert.EndsWith(" is damaged or cut off here: its gzip stream cannot be unpacked any further. Copy or export it again.", Assert.Throws<SourceException>(() => ExposureFile.ReadRequests(_folder.In("cut.csv.gz"), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        File.WriteAllText(_folder.In("log.csv"), text);
        return _folder.In("log.csv");
    }
}
