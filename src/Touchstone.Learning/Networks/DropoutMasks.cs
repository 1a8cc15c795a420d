using System.Runtime.InteropServices;
using TorchSharp;
using Touchstone.Domain;
using Touchstone.Numerics;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014) whose masks follow from seed, step and place alone, so that a resumed training draws what the
/// stopped one would have. LibTorch's own draws one number after the other and takes longer than the layer behind it.
/// </summary>
/// <param name="rate">Share of the numbers set to 0, in [0, 1); resolved to 1/65536.</param>
/// <param name="seed">Where the masks come from.</param>
internal sealed class DropoutMasks(double rate, Seed seed)
{
    private ulong _stream;

    /// <summary>No dropout: for validation and serving.</summary>
    public static DropoutMasks None { get; } = new(0, default);

    /// <summary>Begins a step; the places of the step are counted from here.</summary>
    public void BeginStep(long step) => _stream = seed.For("dropout", step).Value;

    /// <summary>Sets a share of x to 0 and scales the rest by 1 / (1 − rate).</summary>
    public Tensor Apply(Tensor x)
    {
        if (rate <= 0) return x;
        var mask = torch.empty(x.shape);
        _stream = StableHash.Mix(_stream + 0x9E3779B97F4A7C15);
        Fill(MemoryMarshal.Cast<byte, float>(mask.bytes), (ushort)Math.Round(rate * 65536), _stream);
        return x.mul(mask);
    }

    /// <summary>Four numbers from 64 bits at a time: 0 where 16 of them are below the threshold.</summary>
    internal static void Fill(Span<float> mask, ushort threshold, ulong stream)
    {
        var scale = (float)(65536.0 / (65536 - threshold));
        var i = 0;
        for (; i + 4 <= mask.Length; i += 4)
        {
            stream += 0x9E3779B97F4A7C15;
            var bits = StableHash.Mix(stream);
            mask[i] = (ushort)bits < threshold ? 0 : scale;
            mask[i + 1] = (ushort)(bits >> 16) < threshold ? 0 : scale;
            mask[i + 2] = (ushort)(bits >> 32) < threshold ? 0 : scale;
            mask[i + 3] = (ushort)(bits >> 48) < threshold ? 0 : scale;
        }

        var rest = StableHash.Mix(stream + 0x9E3779B97F4A7C15);
        for (; i < mask.Length; i++, rest >>= 16) mask[i] = (ushort)rest < threshold ? 0 : scale;
    }
}
