using System.Runtime.InteropServices;
using TorchSharp;
using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Tensor = TorchSharp.torch.Tensor;

namespace Touchstone.Learning.Networks;

/// <summary>The weights of a network by name, in the order they were added; each is a leaf that gathers gradients.</summary>
internal sealed class ParameterSet : IDisposable
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Names in the order of their addition.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many numbers in all.</summary>
    public long Count => _tensors.Values.Sum(tensor => tensor.numel());

    /// <summary>A weight; it lives as long as the set.</summary>
    public Tensor this[string name] => _tensors[name];

    /// <summary>Whether there is one of that name.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Adds a weight drawn from N(0, deviation²), cut at two deviations; a stream of its own for each name, so that a new layer shifts no other.</summary>
    public void AddNormal(string name, double deviation, Seed seed, params long[] shape)
    {
        var random = seed.For(name).NewRandom();
        var values = new float[Size(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            double drawn;
            do drawn = random.NextNormal();
            while (Math.Abs(drawn) > 2);
            values[i] = (float)(drawn * deviation);
        }

        Add(name, values, shape);
    }

    /// <summary>Adds a weight of one value.</summary>
    public void AddConstant(string name, float value, params long[] shape)
    {
        var values = new float[Size(shape)];
        Array.Fill(values, value);
        Add(name, values, shape);
    }

    /// <summary>Adds a weight with given values.</summary>
    /// <exception cref="ArgumentException">More or fewer values than the shape has.</exception>
    public void Add(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        if (values.Length != Size(shape)) throw new ArgumentException($"\"{name}\" is [{string.Join(", ", shape)}], {Size(shape)} numbers, and got {values.Length}.", nameof(values));
        using var outside = torch.NewDisposeScope();
        // Not over an array of ours: LibTorch's own memory begins at a multiple of 64, and the last bits of its products depend on that.
        var tensor = torch.empty(shape, torch.ScalarType.Float32).requires_grad_(true);
        _tensors.Add(name, tensor.DetachFromDisposeScope());
        _names.Add(name);
        values.CopyTo(ValuesOf(name));
    }

    /// <summary>The numbers of a weight, to be read or changed in place.</summary>
    public Span<float> ValuesOf(string name) => MemoryMarshal.Cast<byte, float>(_tensors[name].bytes);

    /// <summary>Forgets all gradients.</summary>
    public void ClearGradients()
    {
        foreach (var tensor in _tensors.Values)
        {
            using var gradient = tensor.grad;
            gradient?.zero_();
        }
    }

    /// <summary>Copies weights into a checkpoint.</summary>
    /// <param name="isKept">Which names; null for all.</param>
    /// <param name="rename">What a name is called in the checkpoint; null keeps it.</param>
    public List<NamedTensor> ToTensors(Func<string, bool>? isKept = null, Func<string, string>? rename = null)
    {
        List<NamedTensor> tensors = [];
        foreach (var name in _names)
            if (isKept?.Invoke(name) ?? true) tensors.Add(NamedTensor.Of(rename?.Invoke(name) ?? name, ValuesOf(name), _tensors[name].shape));
        return tensors;
    }

    /// <summary>Takes over a weight from a checkpoint.</summary>
    /// <exception cref="CheckpointException">Another shape (names the tensor and both shapes).</exception>
    public void Load(string name, NamedTensor stored)
    {
        var shape = _tensors[name].shape;
        if (!stored.Shape.SequenceEqual(shape))
            throw new CheckpointException($"Tensor \"{stored.Name}\" is [{string.Join(", ", stored.Shape)}]; the network needs [{string.Join(", ", shape)}]. Use the config.json that belongs to these weights.");
        stored.Singles().CopyTo(ValuesOf(name));
    }

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
        _names.Clear();
    }

    private static long Size(long[] shape)
    {
        long size = 1;
        foreach (var side in shape) size *= side;
        return size;
    }
}
