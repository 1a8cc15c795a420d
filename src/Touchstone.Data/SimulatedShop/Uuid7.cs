using System.Buffers.Binary;
using Touchstone.Numerics;

namespace Touchstone.Data.SimulatedShop;

/// <summary>UUIDs of version 7 (RFC 9562) whose random bits come from a seed: the same world writes the same ids.</summary>
internal static class Uuid7
{
    /// <summary>The id of a thing.</summary>
    /// <param name="atMs">When, ms since 1970 UTC.</param>
    /// <param name="key">Seed of the world and the kind of thing.</param>
    /// <param name="owner">Whose it is: the shopper.</param>
    /// <param name="sequence">Its number within the owner; its low 12 bits order ids of one millisecond.</param>
    public static string Of(long atMs, ulong key, long owner, long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)atMs << 16) | 0x7000UL | ((ulong)sequence & 0xFFF));
        var random = StableHash.Mix(StableHash.Mix(key + ((ulong)owner * 0x9E3779B97F4A7C15UL)) ^ (ulong)sequence);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (random >> 2) | 0x8000_0000_0000_0000UL);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
