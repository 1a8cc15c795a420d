using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Touchstone.Domain;

/// <summary>Ids as slices of blocks of UTF-8: a million ids cost their bytes, not a million objects. Grows only.</summary>
public sealed class Utf8Ids
{
    private const int PlaceBits = 20, BlockBytes = 1 << PlaceBits, PlaceMask = BlockBytes - 1;
    private readonly List<byte[]> _blocks = [];
    private byte[] _block = [];
    private int _used;
    // Block, start and length of each id, in 24, 20 and 20 bits.
    private long[] _slices;
    private uint[] _hashes;

    /// <summary>How many ids there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of an id.</summary>
    /// <param name="index">From 0.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var slice = _slices[index];
            return _blocks[(int)(slice >> (2 * PlaceBits))].AsSpan((int)(slice >> PlaceBits) & PlaceMask, (int)slice & PlaceMask);
        }
    }

    /// <summary>No ids yet.</summary>
    /// <param name="capacity">Ids to make room for; more may be added.</param>
    public Utf8Ids(int capacity = 16)
    {
        _slices = GC.AllocateUninitializedArray<long>(Math.Max(16, capacity));
        _hashes = GC.AllocateUninitializedArray<uint>(Math.Max(16, capacity));
    }

    /// <summary>Adds an id; equal ids may be added again.</summary>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">The id has a mebibyte or more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> id)
    {
        if (id.Length >= BlockBytes) throw new ArgumentException($"An id has {id.Length} bytes; expected less than {BlockBytes}.", nameof(id));
        if (_block.Length - _used < id.Length || _block.Length == 0)
        {
            _blocks.Add(_block = GC.AllocateUninitializedArray<byte>(BlockBytes));
            _used = 0;
        }

        if (Count == _slices.Length)
        {
            Array.Resize(ref _slices, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        id.CopyTo(_block.AsSpan(_used));
        _slices[Count] = ((long)(_blocks.Count - 1) << (2 * PlaceBits)) | ((long)_used << PlaceBits) | (uint)id.Length;
        _hashes[Count] = HashOf(id);
        _used += id.Length;
        return Count++;
    }

    /// <summary>Takes over all ids of another collection, which must not grow any more.</summary>
    internal void Append(Utf8Ids others)
    {
        if (_slices.Length < Count + others.Count)
        {
            Array.Resize(ref _slices, Count + others.Count);
            Array.Resize(ref _hashes, Count + others.Count);
        }

        var firstBlock = (long)_blocks.Count << (2 * PlaceBits);
        for (var i = 0; i < others.Count; i++) _slices[Count + i] = others._slices[i] + firstBlock;
        others._hashes.AsSpan(0, others.Count).CopyTo(_hashes.AsSpan(Count));
        Count += others.Count;
        _blocks.AddRange(others._blocks);
        // The next id begins a block of its own: the last one may be the other's.
        (_block, _used) = ([], 0);
    }

    /// <summary>A hash of an id's bytes; the same in every collection of one process.</summary>
    public uint Hash(int index) => _hashes[index];

    /// <summary>An id as text.</summary>
    public string Text(int index) => Encoding.UTF8.GetString(this[index]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint HashOf(ReadOnlySpan<byte> id)
    {
        var hash = (ulong)id.Length * 0x9E3779B97F4A7C15UL;
        for (; id.Length >= 8; id = id[8..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(id)) * 0xBF58476D1CE4E5B9UL, 29);
        var rest = 0UL;
        foreach (var letter in id) rest = (rest << 8) | letter;
        hash = (hash ^ rest) * 0x94D049BB133111EBUL;
        return (uint)((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9UL >> 32);
    }
}
