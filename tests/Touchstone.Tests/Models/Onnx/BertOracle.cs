using Touchstone.Models.Checkpoints;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Onnx;

/// <summary>A BERT as the papers write it, in double precision, one sequence at a time, with loops only.</summary>
internal sealed class BertOracle(BertWeights weights)
{
    private readonly BertConfiguration _configuration = weights.Configuration;

    /// <summary>Mean over the tokens of the last layer, scaled to length 1.</summary>
    internal double[] Embed(TokenSequence sequence)
    {
        var hidden = Encode(sequence);
        var mean = new double[_configuration.HiddenSize];
        foreach (var row in hidden)
            for (var j = 0; j < mean.Length; j++) mean[j] += row[j] / hidden.Length;
        var length = Math.Sqrt(mean.Sum(value => value * value));
        return Array.ConvertAll(mean, value => value / length);
    }

    /// <summary>Probability of the classifier's head.</summary>
    internal double Classify(TokenSequence sequence)
    {
        var hidden = Encode(sequence);
        var pooled = Array.ConvertAll(Dense("pooler.dense", hidden[0]), Math.Tanh);
        double[] Mean(double[][] rows) => [.. Enumerable.Range(0, pooled.Length).Select(j => rows.Sum(row => row[j]) / Math.Max(1, rows.Length))];
        var (left, right) = (Mean(hidden[..sequence.FirstLength]), Mean(hidden[sequence.FirstLength..]));
        double[] features = [.. pooled, .. left.Zip(right, (a, b) => a * b), .. left.Zip(right, (a, b) => Math.Abs(a - b))];
        var dense = Array.ConvertAll(Dense("classifier.dense", features), value => Math.Max(0, value));
        return 1 / (1 + Math.Exp(-Dense("classifier.out_proj", dense)[0]));
    }

    private double[][] Encode(TokenSequence sequence)
    {
        var hidden = new double[sequence.Length][];
        for (var position = 0; position < hidden.Length; position++)
        {
            var sum = new double[_configuration.HiddenSize];
            AddRow(sum, "embeddings.word_embeddings.weight", sequence.Ids[position]);
            AddRow(sum, "embeddings.position_embeddings.weight", position);
            AddRow(sum, "embeddings.token_type_embeddings.weight", position < sequence.FirstLength ? 0 : 1);
            hidden[position] = Norm("embeddings.LayerNorm", sum);
        }

        for (var layer = 0; layer < _configuration.LayerCount; layer++)
        {
            var prefix = $"encoder.layer.{layer}";
            var attended = Attend($"{prefix}.attention.self", hidden);
            for (var position = 0; position < hidden.Length; position++)
            {
                var first = Norm($"{prefix}.attention.output.LayerNorm", Sum(Dense($"{prefix}.attention.output.dense", attended[position]), hidden[position]));
                var wide = Array.ConvertAll(Dense($"{prefix}.intermediate.dense", first), value => value * (1 + Erf(value / Math.Sqrt(2))) / 2);
                hidden[position] = Norm($"{prefix}.output.LayerNorm", Sum(Dense($"{prefix}.output.dense", wide), first));
            }
        }

        return hidden;
    }

    private double[][] Attend(string prefix, double[][] hidden)
    {
        var queries = Array.ConvertAll(hidden, row => Dense($"{prefix}.query", row));
        var keys = Array.ConvertAll(hidden, row => Dense($"{prefix}.key", row));
        var values = Array.ConvertAll(hidden, row => Dense($"{prefix}.value", row));
        var size = _configuration.HiddenSize / _configuration.HeadCount;
        var context = Array.ConvertAll(hidden, _ => new double[_configuration.HiddenSize]);
        for (var head = 0; head < _configuration.HeadCount; head++)
        {
            for (var i = 0; i < hidden.Length; i++)
            {
                var scores = new double[hidden.Length];
                for (var j = 0; j < hidden.Length; j++)
                {
                    for (var k = head * size; k < (head + 1) * size; k++) scores[j] += queries[i][k] * keys[j][k];
                    scores[j] = Math.Exp(scores[j] / Math.Sqrt(size));
                }

                var total = scores.Sum();
                for (var j = 0; j < hidden.Length; j++)
                    for (var k = head * size; k < (head + 1) * size; k++) context[i][k] += scores[j] / total * values[j][k];
            }
        }

        return context;
    }

    private double[] Dense(string name, double[] input)
    {
        var matrix = weights[$"{name}.weight"].Singles();
        var bias = weights[$"{name}.bias"].Singles();
        var output = new double[bias.Length];
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = bias[i];
            for (var j = 0; j < input.Length; j++) output[i] += matrix[(i * input.Length) + j] * input[j];
        }

        return output;
    }

    private double[] Norm(string name, double[] input)
    {
        var scale = weights[$"{name}.weight"].Singles();
        var shift = weights[$"{name}.bias"].Singles();
        var mean = input.Average();
        var variance = input.Average(value => (value - mean) * (value - mean));
        var output = new double[input.Length];
        for (var i = 0; i < output.Length; i++)
            output[i] = ((input[i] - mean) / Math.Sqrt(variance + _configuration.LayerNormEpsilon) * scale[i]) + shift[i];
        return output;
    }

    private void AddRow(double[] sum, string table, int row)
    {
        var values = weights[table].Singles().Slice(row * sum.Length, sum.Length);
        for (var i = 0; i < sum.Length; i++) sum[i] += values[i];
    }

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];

    /// <summary>erf by its power series; it converges to the last digits for the small arguments here.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 5) return Math.Sign(x);
        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > 1e-18; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
