using System.Text.Json;
using Touchstone.Domain;
using Touchstone.Evaluation.Experiments;

namespace Touchstone.Tests.Evaluation.Experiments;

/// <summary>Arms as gbstats writes them: sums of squares and of products, turned into centred moments.</summary>
internal static class GrowthBookInput
{
    internal static ArmStatistic Arm(JsonElement input)
    {
        var n = input.GetProperty("n").GetInt64();
        return input.GetProperty("kind").GetString() switch
        {
            "proportion" => ArmStatistic.Proportion(input.GetProperty("sum").GetDouble(), n),
            "quantile" => ArmStatistic.Quantile(new VariantQuantile
            {
                Variant = "arm",
                Probability = input.GetProperty("nu").GetDouble(),
                Events = n,
                Units = n,
                Value = input.GetProperty("quantile").GetDouble(),
                Lower = input.GetProperty("lower").GetDouble(),
                Upper = input.GetProperty("upper").GetDouble(),
                ClusterFactor = 1,
            }),
            _ => ArmStatistic.Of(Moments(input), new MomentForm("y")),
        };
    }

    internal static VariantMoments Moments(JsonElement input)
    {
        var n = input.GetProperty("n").GetInt64();
        return input.GetProperty("kind").GetString() switch
        {
            "mean" => From(n, [("y", input)], []),
            "cuped" => From(n, [("y", input.GetProperty("post")), ("x", input.GetProperty("pre"))], [("y", "x", Of("post_pre"))]),
            "cuped_ratio" => From(
                n,
                [("m", input.GetProperty("m_post")), ("d", input.GetProperty("d_post")), ("pm", input.GetProperty("m_pre")), ("pd", input.GetProperty("d_pre"))],
                [
                    ("m", "d", Of("m_post_d_post")), ("m", "pm", Of("m_post_m_pre")), ("m", "pd", Of("m_post_d_pre")),
                    ("d", "pm", Of("m_pre_d_post")), ("d", "pd", Of("d_post_d_pre")), ("pm", "pd", Of("m_pre_d_pre")),
                ]),
            var kind => throw new InvalidOperationException($"Unknown kind {kind}."),
        };

        double Of(string pair) => input.GetProperty(pair + "_sum_of_products").GetDouble();
    }

    private static VariantMoments From(long n, (string Name, JsonElement Sums)[] columns, (string Left, string Right, double Sum)[] products)
    {
        double[] sums = [.. columns.Select(column => column.Sums.GetProperty("sum").GetDouble())];
        double Product(int i, int j)
        {
            if (i == j) return columns[i].Sums.GetProperty("sum_squares").GetDouble();
            return products.Single(product => (product.Left == columns[i].Name && product.Right == columns[j].Name) || (product.Left == columns[j].Name && product.Right == columns[i].Name)).Sum;
        }

        return new VariantMoments
        {
            Variant = "arm",
            Count = n,
            Columns = [.. columns.Select(column => column.Name)],
            Means = [.. sums.Select(sum => sum / n)],
            Products = [.. sums.Select((left, i) => sums.Select((right, j) => Product(i, j) - (left * right / n)).ToArray())],
        };
    }
}
