using System.Text.Json;
using TorchSharp;
using Touchstone.Learning.Networks;
using Touchstone.Learning.Optimisation;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Tests.Learning.Networks;

/// <summary>Layers, losses and optimiser against truth/recsys/neural.json; LibTorch computes in single precision here.</summary>
[Collection(LibTorchTestsInTurn.Name)]
public sealed class NeuralTruthTests
{
    private static JsonElement[] Cases(string group)
    {
        LibTorchTestsInTurn.Require();
        using var json = JsonDocument.Parse(File.ReadAllText(SharedData.Folder("truth", "recsys", "neural.json")));
        JsonElement[] cases = [.. json.RootElement.GetProperty("cases").EnumerateArray().Where(each => each.GetProperty("group").GetString() == group).Select(each => each.Clone())];
        Assert.NotEmpty(cases);
        return cases;
    }

    [Fact]
    public void Layer_normalisation_divides_the_variance_by_n()
    {
        foreach (var each in Cases("layernorm"))
        {
            using var scope = torch.NewDisposeScope();
            var input = each.GetProperty("input");
            var x = Tensor2(input.GetProperty("x"));
            using var weights = new ParameterSet();
            weights.Add("n.weight", Flat(input.GetProperty("gamma")), x.shape[^1]);
            weights.Add("n.bias", Flat(input.GetProperty("beta")), x.shape[^1]);
            Near(each, each.GetProperty("expected").GetProperty("y"), Layers.LayerNorm(x, weights, "n", input.GetProperty("eps").GetDouble()));
        }
    }

    [Fact]
    public void Gelu_is_the_exact_one()
    {
        foreach (var each in Cases("activation"))
        {
            using var scope = torch.NewDisposeScope();
            Near(each, each.GetProperty("expected").GetProperty("gelu_erf"), Layers.Gelu(torch.tensor(Flat(each.GetProperty("input").GetProperty("x")))));
        }
    }

    [Fact]
    public void Attention_under_any_mask_also_where_a_query_may_attend_to_nothing()
    {
        foreach (var each in Cases("attention"))
        {
            using var scope = torch.NewDisposeScope();
            var input = each.GetProperty("input");
            var x = Tensor2(input.GetProperty("x")).unsqueeze(0);
            Tensor Project(Tensor of, string part) => of.matmul(Tensor2(input.GetProperty("W" + part))) + torch.tensor(Flat(input.GetProperty("b" + part)));
            var allowed = torch.tensor(Array.ConvertAll(Bits(input.GetProperty("mask")), bit => bit ? 1f : 0f)).view(1, 1, x.shape[1], x.shape[1]);
            var attended = Layers.Attention(Project(x, "q"), Project(x, "k"), Project(x, "v"), input.GetProperty("heads").GetInt32(), allowed);
            Near(each, each.GetProperty("expected").GetProperty("y"), Project(attended, "o").squeeze(0));
        }
    }

    [Fact]
    public void A_block_is_BERTs()
    {
        foreach (var each in Cases("block").Where(each => (each.GetProperty("id").GetString() ?? "").Contains("postln", StringComparison.Ordinal)))
        {
            using var scope = torch.NewDisposeScope();
            var input = each.GetProperty("input");
            var embedding = Tensor2(input.GetProperty("item_embedding"));
            var (hidden, heads) = ((int)embedding.shape[1], input.GetProperty("heads").GetInt32());
            long[] sequence = [.. input.GetProperty("seq").EnumerateArray().Select(id => id.GetInt64())];
            using var weights = new ParameterSet();
            var number = 0;
            foreach (var block in input.GetProperty("blocks").EnumerateArray()) AddBlock(weights, block, $"encoder.layer.{number++}.");
            var configuration = new Touchstone.Models.Checkpoints.BertConfiguration { VocabularySize = 1, HiddenSize = hidden, HeadCount = heads, LayerCount = number, LayerNormEpsilon = 1e-5 };
            var encoder = new BertEncoder(configuration, weights, "");
            var x = ((embedding.index_select(0, torch.tensor(sequence)) * Math.Sqrt(hidden)) + Tensor2(input.GetProperty("position_embedding")).narrow(0, 0, sequence.Length)).unsqueeze(0);
            var kept = torch.tensor(Array.ConvertAll(sequence, id => id == 0 ? 0f : 1f)).view(1, -1, 1);
            x = x * kept;
            // Causal, and never to padding.
            var allowed = torch.ones(sequence.Length, sequence.Length).tril().view(1, 1, sequence.Length, sequence.Length) * kept.view(1, 1, 1, -1);
            for (var layer = 0; layer < number; layer++) x = encoder.Block(x, allowed, $"encoder.layer.{layer}.", DropoutMasks.None) * kept;
            // Each block ends with a normalisation, so BERT has no final one.
            var expected = each.GetProperty("expected").GetProperty("hidden");
            var own = x.squeeze(0);
            for (var position = 0; position < sequence.Length; position++)
                if (sequence[position] != 0) Near(each, expected[position], own[position]);
        }
    }

    [Fact]
    public void The_masked_language_loss_is_the_mean_over_masked_positions_and_absent_where_there_are_none()
    {
        foreach (var each in Cases("mlm"))
        {
            using var scope = torch.NewDisposeScope();
            var (input, expected) = (each.GetProperty("input"), each.GetProperty("expected"));
            long[] labels = [.. input.GetProperty("labels").EnumerateArray().Select(label => label.GetInt64())];
            long[] chosen = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] >= 0).Select(i => (long)i)];
            Assert.Equal(expected.GetProperty("count").GetInt32(), chosen.Length);
            var logits = Tensor2(input.GetProperty("logits")).requires_grad_(true);
            var loss = Losses.CrossEntropy(logits.index_select(0, torch.tensor(chosen)), torch.tensor(Array.ConvertAll(chosen, i => labels[i])));
            if (chosen.Length == 0)
            {
                Assert.Null(loss);
                continue;
            }

            Assert.NotNull(loss);
            Assert.Equal(expected.GetProperty("loss").GetDouble(), loss.item<float>(), 1e-5);
            loss.backward();
            Near(each, expected.GetProperty("gradient"), logits.grad ?? throw new InvalidOperationException("no gradient"));
        }
    }

    [Fact]
    public void The_contrast_is_InfoNCE_one_way_and_symmetric()
    {
        foreach (var each in Cases("infonce"))
        {
            using var scope = torch.NewDisposeScope();
            var (input, expected) = (each.GetProperty("input"), each.GetProperty("expected"));
            Tensor Unit(string name) => torch.nn.functional.normalize(Tensor2(input.GetProperty(name)), 2, 1, 1e-12);
            var (oneWay, symmetric) = Losses.Contrast(Unit("queries"), Unit("items"), input.GetProperty("temperature").GetDouble(), null);
            Assert.Equal(expected.GetProperty("one_way").GetDouble(), oneWay.item<float>(), 1e-4);
            Assert.Equal(expected.GetProperty("symmetric").GetDouble(), symmetric.item<float>(), 1e-4);
        }
    }

    [Fact]
    public void Binary_cross_entropy_stays_finite_at_any_logit()
    {
        foreach (var each in Cases("bce"))
        {
            using var scope = torch.NewDisposeScope();
            var input = each.GetProperty("input");
            var loss = Losses.BinaryCrossEntropy(torch.tensor(Flat(input.GetProperty("logits"))), torch.tensor(Flat(input.GetProperty("labels"))));
            Assert.Equal(each.GetProperty("expected").GetProperty("mean").GetDouble(), loss.item<float>(), 1e-5);
        }
    }

    [Fact]
    public void AdamW_decays_first_and_adds_epsilon_outside_the_root()
    {
        foreach (var each in Cases("adamw"))
        {
            var input = each.GetProperty("input");
            var parameters = Flat(input.GetProperty("p"));
            var (means, squares) = (new float[parameters.Length], new float[parameters.Length]);
            double Number(string name) => input.GetProperty(name).GetDouble();
            long step = 0;
            foreach (var (gradient, expected) in input.GetProperty("gradients").EnumerateArray().Zip(each.GetProperty("expected").GetProperty("steps").EnumerateArray()))
            {
                AdamKernel.Step(parameters, Flat(gradient), means, squares, 1, Number("lr"), Number("weight_decay"), Number("beta1"), Number("beta2"), Number("eps"), ++step);
                Near(each, expected.GetProperty("p"), parameters);
                Near(each, expected.GetProperty("m"), means);
                Near(each, expected.GetProperty("v"), squares);
            }
        }
    }

    [Fact]
    public void Gradients_are_clipped_by_their_global_norm()
    {
        foreach (var each in Cases("clip"))
        {
            var input = each.GetProperty("input");
            var gradients = Flat(input.GetProperty("gradients"));
            var norm = Math.Sqrt(gradients.Sum(value => (double)value * value));
            Assert.Equal(each.GetProperty("expected").GetProperty("norm").GetDouble(), norm, 1e-6);
            var factor = AdamKernel.ClipFactor(norm, input.GetProperty("max_norm").GetDouble());
            Near(each, each.GetProperty("expected").GetProperty("clipped"), [.. gradients.Select(value => (float)(value * factor))]);
        }
    }

    [Fact]
    public void The_schedule_warms_up_and_falls_along_a_cosine()
    {
        foreach (var each in Cases("schedule"))
        {
            var input = each.GetProperty("input");
            var schedule = new LearningRateSchedule(input.GetProperty("base").GetDouble(), input.GetProperty("min").GetDouble(), input.GetProperty("warmup").GetInt64(), input.GetProperty("total").GetInt64());
            foreach (var (step, rate) in input.GetProperty("steps").EnumerateArray().Zip(each.GetProperty("expected").GetProperty("lr").EnumerateArray()))
                Assert.Equal(rate.GetDouble(), schedule.At(step.GetInt64()), 1e-12);
        }
    }

    private static void AddBlock(ParameterSet weights, JsonElement block, string at)
    {
        // Row vectors there (y = x W + b), [out, in] here.
        void Linear(string name, string matrix, string bias)
        {
            using var scope = torch.NewDisposeScope();
            var turned = Tensor2(block.GetProperty(matrix)).t().contiguous();
            weights.Add(at + name + ".weight", turned.data<float>().ToArray(), turned.shape);
            weights.Add(at + name + ".bias", Flat(block.GetProperty(bias)), turned.shape[0]);
        }

        void Norm(string name, string number)
        {
            var gamma = Flat(block.GetProperty("g" + number));
            weights.Add(at + name + ".weight", gamma, gamma.Length);
            weights.Add(at + name + ".bias", Flat(block.GetProperty("c" + number)), gamma.Length);
        }

        Linear("attention.self.query", "Wq", "bq");
        Linear("attention.self.key", "Wk", "bk");
        Linear("attention.self.value", "Wv", "bv");
        Linear("attention.output.dense", "Wo", "bo");
        Norm("attention.output.LayerNorm", "1");
        Linear("intermediate.dense", "W1", "b1");
        Linear("output.dense", "W2", "b2");
        Norm("output.LayerNorm", "2");
    }

    private static Tensor Tensor2(JsonElement json)
    {
        var values = Flat(json);
        return json[0].ValueKind == JsonValueKind.Array ? torch.tensor(values, json.GetArrayLength(), values.Length / json.GetArrayLength()) : torch.tensor(values);
    }

    private static float[] Flat(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().SelectMany(Flat)] : [(float)json.GetDouble()];

    private static bool[] Bits(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().SelectMany(Bits)] : [json.GetBoolean()];

    private static void Near(JsonElement each, JsonElement expected, Tensor actual) => Near(each, expected, actual.contiguous().data<float>().ToArray());

    private static void Near(JsonElement each, JsonElement expected, float[] actual)
    {
        var tolerance = each.TryGetProperty("tol_float32", out var stated) ? stated.GetDouble() : 1e-5;
        var wanted = Flat(expected);
        Assert.Equal(wanted.Length, actual.Length);
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - actual[i]) <= Math.Max(tolerance, tolerance * Math.Abs(wanted[i])), $"{each.GetProperty("id")}[{i}]: {actual[i]}, expected {wanted[i]}");
    }
}
