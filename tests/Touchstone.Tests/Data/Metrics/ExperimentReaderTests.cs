using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using DuckDB.NET.Data;
using Touchstone.Data.Metrics;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;
using Touchstone.Tests.Evaluation;

namespace Touchstone.Tests.Data.Metrics;

public sealed class ExperimentReaderTests : IDisposable
{
    private readonly ScratchFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Events_are_summed_by_unit_and_each_way_of_counting_wrong_is_told()
    {
        var data = Read(
            "shopper,arm,bought,spend,views,clicks\n" +
            "a,A,0,0,10,1\na,A,1,12.5,5,1\nb,A,0,0,1,0\nc,B,1,-3,4,2\nd,B,0,0,1,0\nd,B,0,0,2,0\n" +
            "e,A,1,99,1,1\ne,B,1,99,1,1\n" +
            ",A,1,1,1,1\nf,,1,1,1,1\n",
            new() { File = "", Unit = "shopper", Variant = "arm", Metrics = [Mean("spend"), Share("bought"), Ratio("ctr", "clicks", "views")] });
        Assert.Equal(["A", "B"], data.Arms.Select(arm => arm.Variant));
        Assert.Equal([2, 2], data.Arms.Select(arm => arm.Count));
        Assert.Equal(6.25, data.Arms[0].Mean("spend"));
        Assert.Equal(78.125, data.Arms[0].Variance("spend"));
        Assert.Equal(0.5, data.Arms[0].Mean("bought"));
        Assert.Equal(2.0 / 16, data.Arms[0].Mean("ctr") / data.Arms[0].Mean("ctr denominator"));
        Assert.Equal(-1.5, data.Arms[1].Mean("spend"));
        long Count(string name) => data.Hygiene.Single(count => count.Name == name).Count;
        Assert.Equal((10, 4, 1, 1, 1), (Count("rows"), Count("units"), Count("units_in_several_arms"), Count("rows_without_unit"), Count("rows_without_variant")));
    }

    [Theory]
    [InlineData("unit,arm,y\na,A,1\nb,A,NaN\nc,B,2\n", "data.csv (rows counted from 1 after the header): column \"y\" is \"NaN\" in row 2, which is not a finite number; correct it (decimals with a point, no thousands).")]
    [InlineData("unit,arm,y\na,A,inf\nb,A,1\nc,B,2\n", "data.csv (rows counted from 1 after the header): column \"y\" is \"inf\" in row 1, which is not a finite number; correct it (decimals with a point, no thousands).")]
    [InlineData("unit,arm,y\na,A,1\nb,A,1\nc,B,\"12,50\"\n", "data.csv (rows counted from 1 after the header): column \"y\" is \"12,50\" in row 3, which is not a finite number; correct it (decimals with a point, no thousands).")]
    [InlineData("unit,arm,y\na,A,1\nb,A,\nc,B,2\n", "data.csv (rows counted from 1 after the header): column \"y\" is empty in row 2; write the value, or take what is missing as 0 with --missing zero (a unit without orders).")]
    [InlineData("unit,arm,z\na,A,1\n", "data.csv has no column \"y\"; it has unit, arm, z.")]
    [InlineData("unit,arm,y\na,A,1e308\na,A,1e308\nb,B,1\n", "data.csv has in column \"y\" values that pass all bounds when a unit's rows are summed; correct them.")]
    public void A_value_that_is_no_number_is_named_by_row(string text, string message)
    {
        var fault = Assert.Throws<SourceException>(() => Read(text, new() { File = "", Unit = "unit", Variant = "arm", Metrics = [Mean("y")] }));
        Assert.Equal(message, fault.Message);
    }

    [Theory]
    [InlineData("arm,y\nA,1\nA\nB,2\n", "data.csv:3 has 1 cells; expected 2, as the header. Quote cells that hold the delimiter.")]
    [InlineData("arm,y\nA,1\nB,3,4\n", "data.csv:3 has 3 cells; expected 2, as the header. Quote cells that hold the delimiter.")]
    [InlineData("arm,y\nA,1\n\"B,2\nB,3\n", "data.csv:3 has a quote that does not end its cell; double quotes inside a quoted cell.")]
    [InlineData("arm,y,Y\nA,1,2\n", "data.csv:1 names two columns \"y\"; name each once (capitals do not tell them apart).")]
    [InlineData("", "data.csv is empty; its first line must name the columns.")]
    public void A_file_that_is_no_table_is_told_by_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<SourceException>(() => Read(text, new() { File = "", Variant = "arm", Metrics = [Mean("y")] })).Message);

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_passed_over()
    {
        var data = Read("\uFEFFarm,y\r\nA,1\r\nA,2\r\nB,3\r\n", new() { File = "", Variant = "arm", Metrics = [Mean("y")] });
        Assert.Equal([1.5, 3], data.Arms.Select(arm => arm.Mean("y")));
    }

    [Fact]
    public void A_share_takes_0_and_1_and_true_and_false_only()
    {
        var data = Read("arm,y\nA,true\nA,false\nB,1\nB,0\nB,False\n", new() { File = "", Variant = "arm", Metrics = [Share("y")] });
        Assert.Equal(0.5, data.Arms[0].Mean("y"));
        Assert.Equal(1.0 / 3, data.Arms[1].Mean("y"), 1e-15);
        var fault = Assert.Throws<SourceException>(() => Read("unit,arm,y\na,A,1\na,A,0.5\nb,B,0\n", new() { File = "", Unit = "unit", Variant = "arm", Metrics = [Share("y")] }));
        Assert.Equal("data.csv (rows counted from 1 after the header): column \"y\" is \"0.5\" in row 2; a proportion takes 0 and 1, or true and false.", fault.Message);
    }

    [Fact]
    public void What_is_missing_is_zero_by_option()
    {
        var zero = Read("arm,y\nA,1\nA,NaN\nA,2\nA,4\n", new() { File = "", Variant = "arm", Metrics = [Mean("y")], TakesMissingAsZero = true });
        Assert.Equal((1.75, 2.9166666666666665), (zero.Arms[0].Means[0], zero.Arms[0].Variance("y")));
    }

    [Fact]
    public void Ids_that_differ_only_in_Unicode_form_are_counted()
    {
        var data = Read("unit,arm,y\ncafe\u0301,A,1\ncaf\u00E9,B,2\nx,A,3\n红茶,B,1\n", new() { File = "", Unit = "unit", Variant = "arm", Metrics = [Mean("y")] });
        Assert.Equal(1, data.Hygiene.Single(count => count.Name == "unit_ids_differing_in_unicode_form").Count);
        Assert.Equal(4, data.Arms.Sum(arm => arm.Count));
    }

    [Fact]
    public void A_covariate_is_one_value_a_unit_and_zero_where_there_is_no_history()
    {
        var query = new ExperimentQuery { File = "", Unit = "unit", Variant = "arm", Metrics = [Mean("y")], Covariates = ["before"] };
        var data = Read("unit,arm,y,before\na,A,1,5\na,A,1,5\nb,A,2,\nc,B,3,2\nd,B,3,4\n", query);
        Assert.Equal(2.5, data.Arms[0].Mean("covariate before"));
        Assert.Equal(1, data.Hygiene.Single(count => count.Name == "units_without_before").Count);
        var fault = Assert.Throws<SourceException>(() => Read("unit,arm,y,before\na,A,1,5\na,A,1,6\nb,B,2,1\n", query));
        Assert.Equal("data.csv has 1 units whose covariate or segment differs between their rows, e.g. \"a\"; what is known before the experiment is one value a unit.", fault.Message);
    }

    [Fact]
    public void Every_form_of_file_gives_the_same_moments()
    {
        const string Text = "arm,y,x\nA,1.5,1\nA,2,0\nB,-7,3\nB,4,1e2\nB,1,2\n";
        var expected = Read(Text, Query());
        File.WriteAllText(_files["t.tsv"], Text.Replace(',', '\t'));
        File.WriteAllText(_files["s.csv"], Text.Replace(',', ';'));
        File.WriteAllText(_files["j.jsonl"], string.Join('\n', Text.Trim().Split('\n').Skip(1).Select(line => line.Split(',')).Select(cells => $"{{\"arm\": \"{cells[0]}\", \"y\": {cells[1]}, \"x\": {cells[2]}}}")));
        using (var packed = new GZipStream(File.Create(_files["z.csv.gz"]), CompressionLevel.Fastest)) packed.Write(Encoding.UTF8.GetBytes(Text));
        using (var connection = new DuckDBConnection("DataSource=:memory:"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY (SELECT * FROM read_csv('{_files["data.csv"]}')) TO '{_files["p.parquet"]}' (FORMAT parquet)";
            command.ExecuteNonQuery();
        }

        // What is packed tells its content, not its name.
        File.Copy(_files["z.csv.gz"], _files["g.csv"]);
        File.WriteAllText(_files["n.csv.gz"], Text);
        foreach (var name in (string[])["j.jsonl", "p.parquet"])
            using (var packed = new GZipStream(File.Create(_files[name + ".gz"]), CompressionLevel.Fastest)) packed.Write(File.ReadAllBytes(_files[name]));
        foreach (var name in (string[])["t.tsv", "s.csv", "j.jsonl", "z.csv.gz", "p.parquet", "g.csv", "n.csv.gz", "j.jsonl.gz", "p.parquet.gz"])
        {
            var data = ExperimentReader.Read(Query() with { File = _files[name] }, QuantileStatistic.Bracket);
            for (var arm = 0; arm < 2; arm++)
            {
                Assert.Equal(expected.Arms[arm].Means, data.Arms[arm].Means);
                Assert.Equal(expected.Arms[arm].Products[0][0], data.Arms[arm].Products[0][0]);
            }
        }

        static ExperimentQuery Query() => new() { File = "", Variant = "arm", Metrics = [Mean("y")], Covariates = ["x"] };
    }

    [Theory]
    [InlineData("cut.csv.gz")]
    [InlineData("cut.parquet.gz")]
    public void A_packed_file_that_was_cut_off_is_told(string name)
    {
        using (var packed = new GZipStream(File.Create(_files[name]), CompressionLevel.NoCompression)) packed.Write("arm,y\nA,1\nA,2\nB,3\n"u8);
        File.WriteAllBytes(_files[name], File.ReadAllBytes(_files[name])[..^6]);
        var fault = Assert.Throws<SourceException>(() => ExperimentReader.Read(new() { File = _files[name], Variant = "arm", Metrics = [Mean("y")] }, QuantileStatistic.Bracket));
        Assert.Equal(name + " is damaged or cut off here: its gzip stream cannot be unpacked any further. Copy or export it again.", fault.Message);
    }

    [Fact]
    public void Quotes_of_a_tab_delimited_file_are_text_where_they_enclose_nothing()
    {
        File.WriteAllText(_files["q.tsv"], "arm\tsize\ty\nA\t5\" disk\t1\nA\t\"wide\t2\nB\tx\t3\n");
        Assert.Equal([1.5, 3], ExperimentReader.Read(new() { File = _files["q.tsv"], Variant = "arm", Metrics = [Mean("y")] }, QuantileStatistic.Bracket).Arms.Select(arm => arm.Mean("y")));
    }

    [Fact]
    public void A_quantile_is_exact_where_memory_does_not_hold_the_values()
    {
        // 0, 1, … in another order: five million values with their places take 80 MB.
        const int Count = 5_000_000;
        using (var database = DuckDatabase.InMemory()) database.Execute(FormattableString.Invariant($"COPY (SELECT 'A' AS arm, (i * 999983 % {Count})::DOUBLE AS ms FROM range({Count}) rows(i)) TO {DuckDatabase.Literal(_files["many.parquet"])} (FORMAT parquet)"));
        var metric = new ExperimentMetric { Name = "slow", Kind = MetricKind.Quantile, Column = "ms", Probability = 0.99 };
        var quantile = ExperimentReader.Read(new() { File = _files["many.parquet"], Variant = "arm", Metrics = [metric], Memory = "64MB" }, (_, _) => (0, 1)).Quantiles["slow"][0];
        Assert.Equal((4_949_999.01, 0, Count - 1), (Math.Round(quantile.Value, 6), quantile.Lower, quantile.Upper));
    }

    [Fact]
    public void A_quantile_takes_finite_numbers_only()
    {
        var fault = Assert.Throws<SourceException>(() => Read("arm,ms\nA,1\nA,n/a\nA,inf\nB,\nB,2\n", new() { File = "", Variant = "arm", Metrics = [new ExperimentMetric { Name = "slow", Kind = MetricKind.Quantile, Column = "ms", Probability = 0.9 }] }));
        Assert.Equal("data.csv has 2 values in column \"ms\" that are not finite numbers; correct them, or leave the cell empty where there was no event.", fault.Message);
    }

    [Fact]
    public void Moments_pushed_down_agree_with_ours_at_any_offset()
    {
        var rows = Gen.Select(Gen.Int[0, 2], Gen.Double[-5, 5], Gen.Double[-3, 3]).Array[3, 60];
        Gen.Select(rows, Gen.Int[0, 2].Select(i => i == 0 ? 0.0 : i == 1 ? 1e3 : 1e9)).Sample((units, offset) =>
        {
            var text = new StringBuilder("arm,y,x\n");
            foreach (var (arm, y, x) in units) text.Append(CultureInfo.InvariantCulture, $"arm{arm},{offset + y:R},{x:R}\n");
            var data = Read(text.ToString(), new() { File = "", Variant = "arm", Metrics = [Mean("y")], Covariates = ["x"] });
            foreach (var arm in data.Arms)
            {
                var own = units.Where(unit => "arm" + unit.Item1.ToString(CultureInfo.InvariantCulture) == arm.Variant).ToArray();
                var ours = VariantMoments.Of(arm.Variant, ("y", [.. own.Select(unit => offset + unit.Item2)]), ("covariate x", [.. own.Select(unit => unit.Item3)]));
                Assert.Equal(ours.Count, arm.Count);
                for (var i = 0; i < 2; i++)
                {
                    Truth.Near(ours.Means[i], arm.Means[i], 1e-14, "mean");
                    for (var j = 0; j < 2; j++) Truth.Near(ours.Products[i][j], arm.Products[i][j], 1e-11, "product");
                }
            }
        }, iter: 40, threads: 1);
    }

    [Fact]
    public void Quantiles_and_their_clusters_agree_with_ours()
    {
        foreach (var known in Truth.Cases("abtest", "quantile.json").Where(known => known.GetProperty("group").GetString() == "quantile_cluster"))
        {
            var nu = known.GetProperty("input").GetProperty("nu").GetDouble();
            var text = new StringBuilder("unit,arm,ms\n");
            foreach (var arm in (string[])["control", "treatment"])
                foreach (var row in known.GetProperty("input").GetProperty(arm + "_events").EnumerateArray()) text.Append(CultureInfo.InvariantCulture, $"{arm}{row[0].GetInt32()},{arm},{row[1].GetDouble():R}\n");
            text.Append("silent,control,\n");
            var data = Read(text.ToString(), new() { File = "", Unit = "unit", Variant = "arm", Metrics = [new ExperimentMetric { Name = "slow", Kind = MetricKind.Quantile, Column = "ms", Probability = nu }] });
            foreach (var quantile in data.Quantiles["slow"])
            {
                var expected = known.GetProperty("expected").GetProperty(quantile.Variant);
                Truth.Near(expected.GetProperty("q").GetDouble(), quantile.Value, 1e-8, "q");
                Truth.Near(expected.GetProperty("lower").GetDouble(), quantile.Lower, 1e-8, "lower");
                Truth.Near(expected.GetProperty("upper").GetDouble(), quantile.Upper, 1e-8, "upper");
                Truth.Near(expected.GetProperty("cluster_factor").GetDouble(), quantile.ClusterFactor, 1e-8, "cluster factor");
                Assert.Equal(expected.GetProperty("users").GetInt64(), quantile.Units);
            }
        }
    }

    [Fact]
    public void A_cap_is_found_over_all_arms_and_cuts_the_upper_side()
    {
        var values = Enumerable.Range(1, 100).Select(value => $"{(value % 2 == 0 ? "A" : "B")},{value}");
        var data = Read("arm,y\n" + string.Join('\n', values) + "\n", new() { File = "", Variant = "arm", Metrics = [Mean("y") with { CapQuantile = 0.9 }] });
        Assert.Equal(90.1, data.Caps["y"].Value, 1e-12);
        Assert.Equal(10, data.Caps["y"].CappedUnits);
        // 45 even values up to 90 and five that are cut.
        Assert.Equal(((45 * 46.0) + (5 * 90.1)) / 50, data.Arms[0].Means[0], 1e-12);
    }

    [Fact]
    public void The_mailing_test_gives_the_published_means()
    {
        var data = ExperimentReader.Read(
            new ExperimentQuery { File = SharedData.Folder("data", "hillstrom-email", "hillstrom.csv"), Variant = "segment", Metrics = [Share("visit"), Share("conversion"), Mean("spend")], Covariates = ["history"] },
            QuantileStatistic.Bracket);
        Assert.Equal([("Mens E-Mail", 21307), ("No E-Mail", 21306), ("Womens E-Mail", 21387)], data.Arms.Select(arm => (arm.Variant, arm.Count)));
        double[][] published = [[.182757, .012531, 1.422617, 17.7542], [.106167, .005726, 0.652789, 11.5882], [.151400, .008837, 1.077202, 15.1161]];
        for (var arm = 0; arm < 3; arm++)
        {
            for (var metric = 0; metric < 3; metric++) Assert.Equal(published[arm][metric], data.Arms[arm].Means[metric], 1e-6);
            Assert.Equal(published[arm][3], Math.Sqrt(data.Arms[arm].Variance("spend")), 1e-4);
        }
    }

    [Fact]
    public void Units_come_by_arm_and_value_whatever_the_order_of_rows_after_caps_and_sums()
    {
        List<(string Variant, double[] Values, double[] Shares)> Units(string rows)
        {
            File.WriteAllText(_files["data.csv"], "unit,arm,y,s\n" + rows);
            List<(string, double[], double[])> blocks = [];
            ExperimentReader.Read(
                new ExperimentQuery { File = _files["data.csv"], Unit = "unit", Variant = "arm", Metrics = [Mean("y") with { CapQuantile = 0.5 }, Share("s")] },
                QuantileStatistic.Bracket,
                block =>
                {
                    if (block.Count > 0) blocks.Add((block.Variant, block.Columns[0][..block.Count], block.Columns[1][..block.Count]));
                });
            return blocks;
        }

        var expected = Units("a,A,1,0\na,A,2,1\nb,A,9,0\nc,B,2,1\nd,B,1,0\n");
        Assert.Equal(["A", "B"], expected.Select(block => block.Variant));
        // Sums 3, 9, 2, 1: what lies above their median, 2.5, is cut to it.
        Assert.Equal([2.5, 2.5], expected[0].Values);
        Assert.Equal([0, 1], expected[0].Shares);
        Assert.Equal([1, 2], expected[1].Values);
        var turned = Units("d,B,1,0\nc,B,2,1\nb,A,9,0\na,A,2,1\na,A,1,0\n");
        Assert.Equal(expected.SelectMany(block => block.Values.Concat(block.Shares)), turned.SelectMany(block => block.Values.Concat(block.Shares)));
    }

    private ExperimentMoments Read(string text, ExperimentQuery query)
    {
        File.WriteAllText(_files["data.csv"], text);
        return ExperimentReader.Read(query with { File = _files["data.csv"] }, QuantileStatistic.Bracket);
    }

    private static ExperimentMetric Mean(string column) => new() { Name = column, Kind = MetricKind.Mean, Column = column };

    private static ExperimentMetric Share(string column) => new() { Name = column, Kind = MetricKind.Proportion, Column = column };

    private static ExperimentMetric Ratio(string name, string numerator, string denominator) => new() { Name = name, Kind = MetricKind.Ratio, Column = numerator, Denominator = denominator };
}
