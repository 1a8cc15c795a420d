using System.Buffers.Binary;
using System.Globalization;
using Touchstone.Numerics;

namespace Touchstone.Serving.Exposures;

/// <summary>Event ids of exposures: a UUIDv7 that follows from slate, rank and product, so that a slate that is recorded twice shows as such.</summary>
public static class ExposureEventId
{
    /// <summary>The slate's time (its first 48 bits), then bits that slate, rank and product decide.</summary>
    public static Guid Of(Guid slate, int rank, string product)
    {
        ArgumentNullException.ThrowIfNull(product);
        Span<byte> bytes = stackalloc byte[16];
        slate.TryWriteBytes(bytes, bigEndian: true, out _);
        var salt = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) ^ BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var first = StableHash.Of(string.Create(CultureInfo.InvariantCulture, $"{rank}\n{product}"), salt);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], StableHash.Mix(first));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
