using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Tests.Data.Sources;

public sealed class UpliftFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_empty_cell_among_numbers_is_told_by_line() =>
        Assert.Equal(_folder.In("t.csv") + ":3 age is empty; write a number in every line, or leave it out of --features.", Assert.Throws<SourceException>(() => Read("arm,y,age\nyes,1,31\nno,0, \nno,1,40\n", "age")).Message);

    [Fact]
    public void An_empty_cell_among_texts_is_a_level() => Assert.Equal(["", "Bern", "Rome"], Assert.Single(Read("arm,y,town\nyes,1,Rome\nno,0,\nno,1,Bern\n", "town").Features).LevelNames);

    [Fact]
    public void Columns_that_differ_by_a_sign_only_are_told_apart()
    {
        var table = Read("arm,y,a_ge,age\nyes,1,1,31\nno,0,2,40\n", "age");
        Assert.Equal([31, 40], Assert.Single(table.Features).Numbers);
    }

    public void Dispose() => _folder.Dispose();

    private UpliftTable Read(string text, string feature)
    {
        File.WriteAllText(_folder.In("t.csv"), text);
        return UpliftFile.Read(_folder.In("t.csv"), "arm", "y", [feature], TestContext.Current.CancellationToken);
    }
}
