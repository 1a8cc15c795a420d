using System.Buffers.Binary;
using Touchstone.Models.Checkpoints;
using Touchstone.Tests.Models.Onnx;

namespace Touchstone.Tests.Models.Checkpoints;

public sealed class BertWeightsTests
{
    [Theory]
    [InlineData(BertArchitecture.Encoder)]
    [InlineData(BertArchitecture.PairClassifier)]
    [InlineData(BertArchitecture.Pretraining)]
    public void A_folder_moves_both_ways_to_the_last_bit(BertArchitecture architecture)
    {
        using var folder = new TemporaryFolder();
        SmallBert.Configuration.Write(folder.Path, "BertModel");
        var written = SmallBert.Weights(architecture);
        Safetensors.Write(folder.In("model.safetensors"), written.Tensors);
        var read = BertWeights.Read(folder.Path, architecture);
        Assert.Equal(SmallBert.Configuration, read.Configuration);
        Assert.Equal(written.Tensors.Select(tensor => tensor.Name), read.Tensors.Select(pair => pair.Key));
        foreach (var tensor in written.Tensors) Assert.True(tensor.Bytes.SequenceEqual(read[tensor.Name].Bytes));
        Safetensors.Write(folder.In("again.safetensors"), read.Tensors.Select(pair => pair.Value));
        Assert.Equal(File.ReadAllBytes(folder.In("model.safetensors")), File.ReadAllBytes(folder.In("again.safetensors")));
    }

    [Fact]
    public void A_missing_tensor_is_named() => Refused(
        tensors => tensors.RemoveAll(tensor => tensor.Name == "encoder.layer.1.output.dense.bias"),
        "drawn: tensor \"encoder.layer.1.output.dense.bias\" [16] is missing from a BERT encoder; use a checkpoint of that kind, or the config.json that was written with this one.");

    [Fact]
    public void A_surplus_tensor_is_named() => Refused(
        tensors => tensors.Add(NamedTensor.Of("encoder.layer.2.output.dense.bias", new float[16])),
        "drawn: tensor \"encoder.layer.2.output.dense.bias\" [16] belongs to no part of a BERT encoder with 2 layers; remove it, or correct config.json.");

    [Fact]
    public void A_tensor_of_another_shape_is_named_with_both_shapes() => Refused(
        tensors => tensors[0] = NamedTensor.Of("bert.embeddings.word_embeddings.weight", new float[1099 * 16], 1099, 16),
        "drawn: tensor \"bert.embeddings.word_embeddings.weight\" has shape [1099, 16]; expected [1100, 16] by config.json. Use the config.json that was written with this checkpoint.");

    [Fact]
    public void A_tensor_of_another_type_is_named() => Refused(
        tensors => tensors[^1] = NamedTensor.Of("pooler.dense.bias", new double[16]),
        "drawn: tensor \"pooler.dense.bias\" holds F64; expected F32. Write the checkpoint again in single precision.");

    [Fact]
    public void A_tensor_that_is_there_twice_is_named() => Refused(
        tensors => tensors.Add(NamedTensor.Of("bert.pooler.dense.bias", new float[16])),
        "drawn: tensor \"pooler.dense.bias\" is there twice, with and without \"bert.\"; keep one of them.");

    [Fact]
    public void What_an_encoder_does_not_need_is_passed_over_and_old_names_are_known()
    {
        List<NamedTensor> tensors = [.. SmallBert.Weights(BertArchitecture.Pretraining, "bert.").Tensors.Select(tensor => new NamedTensor(tensor.Name.Replace("bert.cls", "cls", StringComparison.Ordinal).Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal), tensor.Type, tensor.Shape, tensor.Bytes.ToArray()))];
        tensors.Add(NamedTensor.Of("bert.embeddings.position_ids", new long[40], 1, 40));
        tensors.RemoveAll(tensor => tensor.Name.StartsWith("bert.pooler", StringComparison.Ordinal));
        var weights = BertWeights.From(new Checkpoint { Tensors = tensors }, SmallBert.Configuration, BertArchitecture.Encoder);
        Assert.DoesNotContain(weights.Tensors, pair => pair.Key.StartsWith("cls.", StringComparison.Ordinal));
        Assert.False(weights.TryGet("pooler.dense.weight", out _));
        Assert.True(weights.TryGet("embeddings.LayerNorm.weight", out _));
    }

    [Fact]
    public void A_truncated_file_and_an_impossible_header_are_refused_with_the_files_name()
    {
        using var folder = new TemporaryFolder();
        SmallBert.Configuration.Write(folder.Path, "BertModel");
        var path = folder.In("model.safetensors");
        Safetensors.Write(path, SmallBert.Weights(BertArchitecture.Encoder).Tensors);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^100]);
        var refusal = Assert.Throws<CheckpointException>(() => BertWeights.Read(folder.Path, BertArchitecture.Encoder));
        Assert.StartsWith($"{path}: tensor \"", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("The file is cut off: write it again.", refusal.Message, StringComparison.Ordinal);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 1UL << 63);
        File.WriteAllBytes(path, bytes);
        refusal = Assert.Throws<CheckpointException>(() => BertWeights.Read(folder.Path, BertArchitecture.Encoder));
        Assert.Equal($"{path}: states a header of 9223372036854775808 bytes, above the limit of 100000000; this is not a safetensors file.", refusal.Message);
    }

    private static void Refused(Action<List<NamedTensor>> damage, string message)
    {
        List<NamedTensor> tensors = [.. SmallBert.Weights(BertArchitecture.Encoder).Tensors];
        damage(tensors);
        var checkpoint = new Checkpoint { Source = "drawn", Tensors = tensors };
        Assert.Equal(message, Assert.Throws<CheckpointException>(() => BertWeights.From(checkpoint, SmallBert.Configuration, BertArchitecture.Encoder)).Message);
    }
}
