using Microsoft.ML.OnnxRuntime;
using Touchstone.Models.Checkpoints;
using Touchstone.Models.Onnx;
using Touchstone.Models.Tokens;

namespace Touchstone.Tests.Models.Onnx;

/// <summary>all-MiniLM-L6-v2, from its carrier.</summary>
public sealed class PretrainedEncodersTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _folder;

    public PretrainedEncodersTests()
    {
        _folder = _temporary.In("minilm");
        using var model = MiniLmCarrier.Open("model.onnx");
        using var vocabulary = MiniLmCarrier.Open("vocab.txt");
        PretrainedEncoders.ImportMiniLm(model, vocabulary, _folder);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void The_imported_weights_give_the_embeddings_of_the_graph_they_came_from()
    {
        var titles = File.ReadLines(SharedData.Folder("data", "amazon-seq", "Beauty_items.tsv")).Skip(1).Select(line => line.Split('\t')[2]).Where(title => title.Length > 0).Take(64).ToArray();
        Assert.Equal(64, titles.Length);
        BertGraph.WriteEncoder(BertConfiguration.Read(_folder), Safetensors.Read(Path.Combine(_folder, "model.safetensors")), Path.Combine(_folder, "model.onnx"));
        GraphQuantiser.Quantise(Path.Combine(_folder, "model.onnx"), Path.Combine(_folder, "model.int8.onnx"));
        using var encoder = TextEncoder.Load(_folder);
        using var int8 = TextEncoder.Load(_folder, ModelPrecision.Int8);
        var (ours, integers) = (encoder.Embed(titles), int8.Embed(titles));
        var theirs = Published([.. titles.Select(encoder.Sequence)]);
        var (worst, cosines) = (0.0, new double[64]);
        for (var i = 0; i < ours.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(ours[i] - theirs[i]));
            cosines[i / encoder.Dimension] += (double)integers[i] * theirs[i];
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"largest difference {worst:E2}; cosine of int8 mean {cosines.Average():F5}, least {cosines.Min():F5}"));
        Assert.InRange(worst, 0, 1e-4);
        Assert.InRange(cosines.Min(), 0.98, 1.00001);
    }

    [Fact]
    public void Near_meanings_are_near()
    {
        BertGraph.WriteEncoder(BertConfiguration.Read(_folder), Safetensors.Read(Path.Combine(_folder, "model.safetensors")), Path.Combine(_folder, "model.onnx"));
        using var encoder = TextEncoder.Load(_folder);
        var rows = encoder.Embed(["headphones", "earbuds", "garden hose"]);
        Assert.InRange(Cosine(rows, 0, 1, encoder.Dimension), Cosine(rows, 0, 2, encoder.Dimension) + 0.3, 1);
    }

    [Fact]
    public void The_weights_survive_both_ways_to_the_last_bit()
    {
        using var stream = MiniLmCarrier.Open("model.onnx");
        var stored = OnnxModelFile.Parse(stream, "carrier").Graph.Initializer.Where(tensor => tensor.DataType == 1).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var weights = BertWeights.Read(_folder, BertArchitecture.Encoder);
        Assert.Equal(101 + 2, weights.Tensors.Count());
        var anonymous = stored.Values.Where(tensor => !tensor.Name.Contains('.', StringComparison.Ordinal) && tensor.Dims.Count == 2).Select(tensor => Convert.ToHexString(tensor.RawData.Span[..64])).ToHashSet();
        Assert.Equal(36, anonymous.Count);
        var found = 0;
        foreach (var (name, tensor) in weights.Tensors)
        {
            if (stored.TryGetValue(name, out var original)) Assert.True(original.RawData.Span.SequenceEqual(tensor.Bytes), name);
            else
            {
                var turned = OnnxTensor.Transposed(tensor.Singles(), (int)tensor.Shape[0], (int)tensor.Shape[1]);
                Assert.Contains(Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(turned)[..64]), anonymous);
                found++;
            }
        }

        Assert.Equal(36, found);
        var path = Path.Combine(_folder, "model.safetensors");
        var read = Safetensors.Read(path);
        Safetensors.Write(path + ".again", read.Tensors, read.Metadata);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(path + ".again"));
    }

    private static double Cosine(float[] rows, int left, int right, int dimension)
    {
        var sum = 0.0;
        for (var i = 0; i < dimension; i++) sum += (double)rows[(left * dimension) + i] * rows[(right * dimension) + i];
        return sum;
    }

    /// <summary>The published graph's last layer, pooled and scaled here.</summary>
    private static float[] Published(TokenSequence[] sequences)
    {
        using var stream = MiniLmCarrier.Open("model.onnx");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        using var session = new InferenceSession(bytes.ToArray());
        var batch = TokenBatch.Of(sequences, paddingId: 0);
        long[] shape = [batch.Count, batch.Length];
        using var ids = OrtValue.CreateTensorValueFromMemory(batch.InputIds, shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(batch.AttentionMask, shape);
        using var segments = OrtValue.CreateTensorValueFromMemory(batch.TokenTypeIds, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, ["input_ids", "attention_mask", "token_type_ids"], [ids, mask, segments], ["last_hidden_state"]);
        var hidden = results[0].GetTensorDataAsSpan<float>();
        var width = hidden.Length / (batch.Count * batch.Length);
        var rows = new float[batch.Count * width];
        for (var row = 0; row < batch.Count; row++)
        {
            var mean = new double[width];
            for (var position = 0; position < sequences[row].Length; position++)
                for (var j = 0; j < width; j++) mean[j] += hidden[(((row * batch.Length) + position) * width) + j];
            var length = Math.Sqrt(mean.Sum(value => value * value));
            for (var j = 0; j < width; j++) rows[(row * width) + j] = (float)(mean[j] / length);
        }

        return rows;
    }
}
