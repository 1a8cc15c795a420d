using System.Runtime.InteropServices;
using System.Text.Json;
using Touchstone.Learning.Autoencoders;

namespace Touchstone.Tests.Learning.Autoencoders;

[Collection(LibTorchTestsInTurn.Name)]
public sealed class EaseTruthTests
{
    [Fact]
    public void Double_precision_gives_the_known_weights_and_scores()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Folder("truth", "recsys", "classic.json")));
        LibTorchTestsInTurn.Require();
        var checkedCases = 0;
        foreach (var known in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            if (known.GetProperty("group").GetString() != "ease") continue;
            Check(known);
            checkedCases++;
        }

        Assert.True(checkedCases >= 3, $"{checkedCases} cases");
    }

    private static void Check(JsonElement known)
    {
        var input = Matrix(known.GetProperty("input").GetProperty("X"));
        var products = input[0].Length;
        var tolerance = known.GetProperty("tol").GetDouble();
        var options = new EaseOptions { Lambda = known.GetProperty("input").GetProperty("lambda").GetDouble(), IsDoublePrecision = true, CountsRepeats = true };
        var histories = TinyHistories.Of(products, [.. input.Select(unit => unit.Select(value => (int)value).ToArray())]);
        using var inverse = EaseTrainer.Invert(histories, options, 2, TestContext.Current.CancellationToken);
        var diagonal = EaseWeights.Diagonal(inverse);
        var flat = MemoryMarshal.Cast<byte, double>(inverse.bytes).ToArray();
        var weights = new double[products][];
        for (var row = 0; row < products; row++)
            EaseWeights.Row<double>(flat.AsSpan(row * products, products), diagonal, row, weights[row] = new double[products]);
        Compare(Matrix(known.GetProperty("expected").GetProperty("B")), weights, tolerance);

        var scores = input.Select(unit => Enumerable.Range(0, products).Select(column => Enumerable.Range(0, products).Sum(row => unit[row] * weights[row][column])).ToArray()).ToArray();
        Compare(Matrix(known.GetProperty("expected").GetProperty("scores")), scores, tolerance);

        // What is served: singles, in rows by the source product.
        var served = EaseTrainer.Fit(histories, options, 2, TestContext.Current.CancellationToken);
        for (var row = 0; row < products; row++)
        {
            for (var entry = served.RowStarts[row]; entry < served.RowStarts[row + 1]; entry++)
                Assert.Equal(weights[row][served.Columns[entry]], served.Values[entry], 1e-6);
        }
    }

    private static void Compare(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 0; row < expected.Length; row++)
            for (var column = 0; column < expected[row].Length; column++) Assert.Equal(expected[row][column], actual[row][column], tolerance);
    }

    private static double[][] Matrix(JsonElement json) => [.. json.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
