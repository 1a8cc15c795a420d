using Touchstone.Data.Sources;

namespace Touchstone.Tests.Data.Sources;

public sealed class ClickFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("query,product,rank,clicked\nred,b,2,0\nred,a,1,1\nblue,a,1,false\nred,a,1,true\nred,a,1,0\n")]
    [InlineData("query,product,rank,impressions,clicks\nred,b,2,1,0\nred,a,1,3,2\nblue,a,1,1,0\n")]
    public void Rows_are_counted_by_pair_and_rank(string text)
    {
        var columns = ClickFile.Read(Write(text), TestContext.Current.CancellationToken);

        Assert.Equal(["blue", "red", "red"], columns.Queries);
        Assert.Equal(["a", "a", "b"], columns.Products);
        Assert.Equal([0, 1, 2], columns.Pairs);
        Assert.Equal([1, 1, 2], columns.Ranks);
        Assert.Equal([1, 3, 1], columns.Impressions);
        Assert.Equal([0, 2, 0], columns.Clicks);
    }

    [Theory]
    [InlineData("query,product,rank,clicked\nred,a,0,1\n", "clicks.csv:2 rank \"0\" is not a whole number from 1.")]
    [InlineData("query,product,rank,clicked\nred,a,1,2\n", "clicks.csv:2 clicked \"2\" is neither yes nor no; write 1 or 0, true or false.")]
    [InlineData("query,product,rank,impressions,clicks\nred,a,1,2,3\n", "clicks.csv:2 has 3 clicks of 2 impressions; a product is clicked at most once each time it is shown.")]
    [InlineData("query,product,rank,impressions,clicks\nred,a,1,2,-1\n", "clicks.csv:2 clicks \"-1\" is not a whole number from 0.")]
    [InlineData("query,product,clicked\nred,a,1\n", "clicks.csv:1 has no column rank; it has: query, product, clicked. Write query,product,rank,clicked, or query,product,rank,impressions,clicks.")]
    public void Faults_name_file_and_line(string text, string message)
    {
        var path = Write(text);
        Assert.Equal(Path.Combine(_folder.Path, message), Assert.Throws<SourceException>(() => ClickFile.Read(path, TestContext.Current.CancellationToken)).Message);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        File.WriteAllText(_folder.In("clicks.csv"), text);
        return _folder.In("clicks.csv");
    }
}
