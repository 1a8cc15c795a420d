using CsCheck;
using Touchstone.Domain;
using Touchstone.Numerics;

namespace Touchstone.Tests.Numerics;

public sealed class DenseScoringTests
{
    private static readonly Gen<(int Queries, int Vectors, int Dimension, int K, int Threads, ulong Seed)> Shapes =
        Gen.Select(Gen.Int[0, 70], Gen.Int[0, 70], Gen.Int[1, 20], Gen.Int[1, 25], Gen.Int[1, 4], Gen.ULong);

    [Fact]
    public void The_vector_path_gives_the_bits_of_the_scalar_path()
    {
        if (!ScoreTile.IsVectorised) Assert.Skip("This processor has no fused multiply-add on eight singles.");
        Gen.Select(Gen.Int[1, 70], Gen.ULong).Sample((dimension, seed) =>
        {
            var queries = Vectors(seed, ScoreTile.Height * dimension, false);
            var panel = Vectors(seed + 1, PackedVectors.PanelWidth * dimension, false);
            var stride = PackedVectors.PanelWidth + 3;
            var (fast, slow) = (new float[ScoreTile.Height * stride], new float[ScoreTile.Height * stride]);
            ScoreTile.WriteVectors(queries, panel, dimension, fast, stride);
            ScoreTile.WriteScalars(queries, panel, dimension, slow, stride);
            Assert.Equal(slow, fast);
        });
    }

    [Fact]
    public void Scores_are_the_dot_products() => Shapes.Sample(shape =>
    {
        var (queries, vectors) = Make(shape.Queries, shape.Vectors, shape.Dimension, shape.Seed, false);
        var scores = new float[shape.Queries * shape.Vectors];
        DenseScoring.Multiply(queries, PackedVectors.From(vectors, shape.Dimension), scores, shape.Threads, TestContext.Current.CancellationToken);
        Assert.Equal(Scores(queries, vectors, shape.Dimension), scores);
    });

    // Whole numbers make ties common.
    [Fact]
    public void The_best_agree_with_sorting_all_scores() => Shapes.Sample(shape =>
    {
        var (queries, vectors) = Make(shape.Queries, shape.Vectors, shape.Dimension, shape.Seed, true);
        var (best, values) = (new int[shape.Queries * shape.K], new float[shape.Queries * shape.K]);
        DenseScoring.TopK(queries, PackedVectors.From(vectors, shape.Dimension), shape.K, best, values, shape.Threads, TestContext.Current.CancellationToken);
        var all = Scores(queries, vectors, shape.Dimension);
        for (var query = 0; query < shape.Queries; query++)
        {
            var scores = all[(query * shape.Vectors)..((query + 1) * shape.Vectors)];
            int[] sorted = [.. Enumerable.Range(0, shape.Vectors).OrderByDescending(vector => scores[vector]).ThenBy(vector => vector).Take(shape.K)];
            for (var place = 0; place < shape.K; place++)
            {
                var at = query * shape.K + place;
                Assert.Equal(place < sorted.Length ? sorted[place] : -1, best[at]);
                Assert.Equal(place < sorted.Length ? scores[sorted[place]] : float.NegativeInfinity, values[at]);
            }
        }
    });

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var (queries, vectors) = Make(300, 500, 64, 7, false);
        var packed = PackedVectors.From(vectors, 64);
        var runs = new[] { 1, 2, 3, 8 }.Select(threads =>
        {
            var (best, values) = (new int[300 * 20], new float[300 * 20]);
            DenseScoring.TopK(queries, packed, 20, best, values, threads, TestContext.Current.CancellationToken);
            return (best, values);
        }).ToArray();
        Assert.All(runs, run => Assert.Equal(runs[0].best, run.best));
        Assert.All(runs, run => Assert.Equal(runs[0].values, run.values));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(2e15f, "2E+15")]
    public void A_component_that_could_make_a_score_no_number_is_refused_by_name(float component, string text)
    {
        var fault = Assert.Throws<ArgumentException>(() => PackedVectors.From([1, 2, 3, component], 2));
        Assert.Equal($"vectors[1] has component 1 = {text}; expected a number within ±1e15. (Parameter 'vectors')", fault.Message);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var packed = PackedVectors.From([1, 2, 3, 4], 2);
        Assert.Equal("queries has 3 components, which is no multiple of the dimension 2. (Parameter 'queries')",
            Assert.Throws<ArgumentException>(() => DenseScoring.Multiply(new float[3], packed, new float[2], 1, TestContext.Current.CancellationToken)).Message);
        Assert.Equal("best has 2 places; 1 queries of 3 need 3. (Parameter 'best')",
            Assert.Throws<ArgumentException>(() => DenseScoring.TopK(new float[2], packed, 3, new int[2], new float[3], 1, TestContext.Current.CancellationToken)).Message);
    }

    private static (float[] Queries, float[] Vectors) Make(int queries, int vectors, int dimension, ulong seed, bool isWhole) =>
        (Vectors(seed, queries * dimension, isWhole), Vectors(seed + 1, vectors * dimension, isWhole));

    private static float[] Vectors(ulong seed, int length, bool isWhole)
    {
        var random = new Seed(seed).NewRandom();
        var values = new float[length];
        for (var i = 0; i < length; i++) values[i] = isWhole ? random.NextInt(3) - 1 : (float)random.NextNormal();
        return values;
    }

    // In the order of the kernel, from component 0 on.
    private static float[] Scores(float[] queries, float[] vectors, int dimension)
    {
        var (rows, columns) = (queries.Length / dimension, vectors.Length / dimension);
        var scores = new float[rows * columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                for (var component = 0; component < dimension; component++)
                    scores[row * columns + column] = MathF.FusedMultiplyAdd(queries[row * dimension + component], vectors[column * dimension + component], scores[row * columns + column]);
        return scores;
    }
}
