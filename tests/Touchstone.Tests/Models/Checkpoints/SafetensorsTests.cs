using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Tests.Models.Checkpoints;

public sealed class SafetensorsTests
{
    private static readonly NamedTensor[] Samples =
    [
        NamedTensor.Of("weights", [1.5f, -2f, float.Epsilon, 0f, 1e30f, -0f], 2, 3),
        NamedTensor.Of("indptr", [0L, 2L, 1L << 40]),
        NamedTensor.Of("índices 商品", [1, -2, int.MaxValue]),
        NamedTensor.Of("double", [Math.PI]),
        NamedTensor.Of("bytes", [(byte)1, (byte)255, (byte)3]),
        NamedTensor.Of("empty", ReadOnlySpan<float>.Empty, 0, 4),
    ];

    [Fact]
    public void What_is_written_reads_back_to_the_last_bit()
    {
        var read = Safetensors.Read(Bytes(Samples, new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }), "here");
        Assert.Equal(Samples.Length, read.Tensors.Count);
        foreach (var sample in Samples)
        {
            var tensor = read[sample.Name];
            Assert.Equal(sample.Type, tensor.Type);
            Assert.Equal(sample.Shape, tensor.Shape);
            Assert.Equal(sample.Bytes, tensor.Bytes);
        }

        Assert.Equal(["a", "b"], read.Metadata.Keys);
        Assert.Equal([0L, 2L, 1L << 40], read["indptr"].Int64s());
        Assert.Equal([1.5f, -2f, float.Epsilon, 0f, 1e30f, -0f], read["weights"].Singles());
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_order_of_the_tensors() =>
        Assert.Equal(Bytes(Samples), Bytes([.. Samples.Reverse()]));

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        const string header = """{"b":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] wanted = [(byte)padded.Length, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(padded), 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 192];
        Assert.Equal(wanted, Bytes([NamedTensor.Of("a", [1f, -2f]), NamedTensor.Of("b", [7L])]));
    }

    [Fact]
    public void Random_tensors_survive_the_round_trip() => Gen.Select(Gen.String[0, 10], Gen.Float.Array[0, 50]).List[0, 6].Sample(pairs =>
    {
        NamedTensor[] tensors = [.. pairs.Where(pair => pair.Item1 != "__metadata__" && IsWellFormed(pair.Item1)).DistinctBy(pair => pair.Item1).Select(pair => NamedTensor.Of(pair.Item1, pair.Item2))];
        var read = Safetensors.Read(Bytes(tensors), "here");
        return tensors.All(tensor => read[tensor.Name].Bytes.SequenceEqual(tensor.Bytes));
    });

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var whole = Bytes(Samples);
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<CheckpointException>(() => Safetensors.Read(whole.AsMemory(0, length), "here"));
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_but_never_crashes() => Gen.Select(Gen.Int[0, 400], Gen.Byte).Sample((at, value) =>
    {
        var bytes = Bytes(Samples);
        bytes[at % bytes.Length] = value;
        try
        {
            Safetensors.Read(bytes, "here");
        }
        catch (CheckpointException)
        {
            // Refused with a reason.
        }
    });

    [Theory]
    [InlineData("""[1]""", "here: the header does not begin with {; this is not a safetensors file.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "here: tensor \"a\" F32 [2] needs 8 bytes, but its offsets [0, 4] hold 4.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "here: tensor \"a\" begins at byte 4 of the data, where 0 is expected: tensors must follow each other without holes or overlap.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "here: tensor \"a\" ends at byte 12 of the data, but there are 8. The file is cut off: write it again.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "here: 4 bytes follow the last tensor; the header does not describe this file.")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""", "here: tensor \"a\" is of type BF16; known are F32, F64, I32, I64, U8. Convert it first.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "here: tensor \"a\" needs dtype (text), shape (whole numbers) and data_offsets (two whole numbers).")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "here: tensor \"a\" has an impossible shape [4611686018427387904, 4].")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "here: the header names \"a\" twice.")]
    public void A_header_that_does_not_fit_is_refused_with_the_reason(string header, string message)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + 8];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        Assert.Equal(message, Assert.Throws<CheckpointException>(() => Safetensors.Read(file, "here")).Message);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused_with_the_reason()
    {
        var file = new byte[20];
        file[0] = 200;
        Assert.Equal("here: states a header of 200 bytes, but only 12 follow. The file is cut off: write it again.", Assert.Throws<CheckpointException>(() => Safetensors.Read(file, "here")).Message);
    }

    [Fact]
    public void A_tensor_of_another_type_is_refused_with_the_reason() =>
        Assert.Equal("Tensor \"a\" holds F32, not I64; write it again with the type that the model expects.", Assert.Throws<CheckpointException>(() => NamedTensor.Of("a", [1f]).Int64s().Length).Message);

    private static byte[] Bytes(NamedTensor[] tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    // A lone surrogate has no UTF-8 form.
    private static bool IsWellFormed(string text) => text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
