using Touchstone.Data.Metrics;
using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Metrics;

public sealed class SnapshotReaderTests : IDisposable
{
    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_variance_may_be_empty() => Assert.Equal([double.NaN, double.NaN, 2.5], new[] { "", "NaN", " 2.5" }.Select(text => Variance(text, "1")));

    [Fact]
    public void A_variance_below_zero_is_rounding_only_beside_its_mean()
    {
        Assert.Equal(0, Variance("-1e-7", "100"));
        Assert.Equal("s.csv has in row 1 (counted from 1 after the header) variance_c = -1E-07; expected a finite number from 0, or nothing.", Fault("-1e-7", "0.001"));
        Assert.Equal("s.csv has in row 1 (counted from 1 after the header) variance_c = -1E-07; expected a finite number from 0, or nothing.", Fault("-1e-7", "0"));
    }

    [Theory]
    [InlineData("\"12,5\"")]
    [InlineData("n/a")]
    public void A_variance_that_is_no_number_is_refused(string text) =>
        Assert.Equal("s.csv has in row 1 (counted from 1 after the header) no number in column \"variance_c\"; write it with a decimal point, or nothing.", Fault(text, "1"));

    private string Fault(string variance, string mean) => Assert.Throws<SourceException>(() => Variance(variance, mean)).Message;

    private double Variance(string variance, string mean)
    {
        File.WriteAllText(_files["s.csv"], $"experiment_id,variant_id,metric_id,time_since_start,count_c,count_t,mean_c,mean_t,variance_c,variance_t\ne,1,m,1,100,100,{mean},1,{variance},1\n");
        return Assert.Single(SnapshotReader.Read(_files["s.csv"], new SnapshotColumns())).Control.Variance;
    }
}
