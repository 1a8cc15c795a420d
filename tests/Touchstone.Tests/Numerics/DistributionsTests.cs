using CsCheck;
using Touchstone.Numerics;

namespace Touchstone.Tests.Numerics;

/// <summary>Expected values: exact sums over integers (binomial, Poisson, Student with even degrees) in 60 digits, and C's erfc.</summary>
public sealed class DistributionsTests
{
    [Theory]
    [InlineData(0.3, 0.3820885778110474)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(4.5, 3.3976731247300615e-06)]
    [InlineData(8, 6.220960574271819e-16)]
    [InlineData(20, 2.7536241186063314e-89)]
    [InlineData(37, 5.725571222525139e-300)]
    public void Normal_tails(double x, double upper)
    {
        Relative(upper, Distributions.NormalUpper(x), 3e-15);
        Relative(upper, Distributions.NormalCdf(-x), 3e-15);
        Relative(1 - upper, Distributions.NormalCdf(x), 1e-15);
    }

    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.025, -1.9599639845400538)]
    [InlineData(0.3, -0.5244005127080407)]
    [InlineData(0.8, 0.8416212335729144)]
    public void Normal_quantiles(double p, double expected) => Relative(expected, Distributions.NormalQuantile(p), 1e-14);

    [Theory]
    [InlineData(4, 2, 0.02859547920896832)]
    [InlineData(0.5, 4, 0.32166498159093165)]
    [InlineData(2.228138851964939, 10, 0.025000000000904316)]
    [InlineData(12, 10, 1.4607044123849935e-07)]
    [InlineData(1.25, 98, 0.10713816216177828)]
    [InlineData(6, 1000, 1.3776845866887345e-09)]
    public void Student_tails(double t, double freedom, double upper)
    {
        Relative(upper, Distributions.StudentUpper(t, freedom), 1e-13);
        Relative(upper, Distributions.StudentCdf(-t, freedom), 1e-13);
        Relative(t, -Distributions.StudentQuantile(upper, freedom), 1e-13);
    }

    [Fact]
    public void Student_with_one_degree_is_Cauchy_and_with_very_many_normal()
    {
        foreach (var t in (double[])[0.01, 0.7, 3, 1e3, 1e8])
        {
            Relative(Math.Atan2(1, t) / Math.PI, Distributions.StudentUpper(t, 1), 1e-13);
            if (t < 10) Relative(Distributions.NormalUpper(t), Distributions.StudentUpper(t, 1e8), 1e-6);
        }

        Assert.Equal((0.0, double.NegativeInfinity, double.PositiveInfinity), (Distributions.StudentQuantile(0.5, 3), Distributions.StudentQuantile(0, 3), Distributions.StudentQuantile(1, 3)));
        Assert.Equal(1, Distributions.StudentTwoSided(0, 7));
        Assert.Equal(0, Distributions.StudentTwoSided(double.PositiveInfinity, 7));
    }

    [Theory]
    [InlineData(5.991464547107979, 2, 0.05000000000000007)]
    [InlineData(1.5, 4, 0.8266414672967758)]
    [InlineData(60, 10, 3.6243009520614882e-09)]
    [InlineData(250, 100, 7.766936403539178e-15)]
    public void Chi_square_tails(double x, double freedom, double upper)
    {
        Relative(upper, Distributions.ChiSquareUpper(x, freedom), 1e-13);
        if (upper > 1e-12) Relative(x, Distributions.ChiSquareQuantile(1 - upper, freedom), 1e-6);
    }

    [Theory]
    [InlineData(0.5, 1, 0.6065306597126334)]
    [InlineData(12.5, 5, 0.005345505487134064)]
    [InlineData(30, 50, 0.999481108537452)]
    [InlineData(90, 50, 1.6494985017178249e-06)]
    [InlineData(400, 200, 6.209511842996089e-29)]
    public void Gamma_tails(double x, double shape, double upper) => Relative(upper, Distributions.GammaUpper(x, shape), 1e-13);

    [Theory]
    [InlineData(0.25, 2, 3, 0.26171875)]
    [InlineData(0.25, 30, 70, 0.13581490428342743)]
    [InlineData(0.001, 1, 1000, 0.6323045752290359)]
    [InlineData(0.45, 500, 500, 0.0007636789395264982)]
    public void Beta_tails(double x, double a, double b, double lower)
    {
        Relative(lower, Distributions.BetaCdf(x, a, b), 1e-13);
        Relative(lower, Distributions.BetaUpper(1 - x, b, a), 1e-12);
        Relative(x, Distributions.BetaQuantile(lower, a, b), 1e-12);
    }

    [Theory]
    [InlineData(0.1, 2.2527126517342055)]
    [InlineData(0.5, 0.5723649429247004)]
    [InlineData(3.7, 1.4280723266653883)]
    [InlineData(14.9, 24.924132002217277)]
    [InlineData(15.1, 25.458999750992668)]
    [InlineData(1e6, 12815504.569147611)]
    public void Logarithms_of_gamma(double x, double expected) => Relative(expected, Distributions.LogGamma(x), 1e-14);

    [Fact]
    public void Quantiles_undo_the_functions() => Gen.Select(Gen.Double[1e-9, 1 - 1e-9], Gen.Double[0.3, 3000], Gen.Double[0.3, 500]).Sample((p, a, b) =>
    {
        Assert.Equal(p, Distributions.StudentCdf(Distributions.StudentQuantile(p, a), a), 1e-12);
        Assert.Equal(p, Distributions.GammaCdf(Distributions.GammaQuantile(p, a), a), 1e-12);
        Assert.Equal(p, Distributions.BetaCdf(Distributions.BetaQuantile(p, a, b), a, b), 1e-11);
        Assert.Equal(p, Distributions.NormalCdf(Distributions.NormalQuantile(p)), 1e-15);
    }, iter: 500);

    [Fact]
    public void Noncentral_power_without_effect_is_alpha_and_grows_with_it()
    {
        var critical = Distributions.StudentQuantile(0.975, 58);
        Assert.Equal(0.05, Distributions.NoncentralStudentTwoSided(critical, 58, 0), 1e-13);
        Assert.True(Distributions.NoncentralStudentTwoSided(critical, 58, 2) > Distributions.NoncentralStudentTwoSided(critical, 58, 1));
        Assert.Equal(1, Distributions.NoncentralStudentTwoSided(critical, 58, 60), 1e-12);
    }

    [Fact]
    public void Outside_the_domain_nothing_is_made_up()
    {
        Assert.Equal(double.NaN, Distributions.StudentQuantile(1.5, 3));
        Assert.Equal(double.NaN, Distributions.StudentUpper(1, -1));
        Assert.Equal(double.NaN, Distributions.BetaCdf(0.5, 0, 1));
        Assert.Equal(double.NaN, Distributions.NormalQuantile(double.NaN));
        Assert.Equal(double.NaN, Distributions.ChiSquareUpper(1, 0));
    }

    [Fact]
    public void Centred_moments_bear_an_offset()
    {
        double[] values = [1e9 + 1, 1e9 + 2, 1e9 + 4];
        var mean = CentredMoments.Mean(values);
        Relative(1e9 + (7.0 / 3), mean, 1e-16);
        Relative(14.0 / 3, CentredMoments.Product(values, mean, values, mean), 1e-14);
    }

    private static void Relative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"expected {expected:R}, got {actual:R}, relative {Math.Abs(actual - expected) / Math.Abs(expected):0.0e0}");
}
