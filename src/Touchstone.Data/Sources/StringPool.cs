namespace Touchstone.Data.Sources;

/// <summary>Gives the same string for the same characters where they came by lately: ids and dates repeat, and memory is most of the cost of a row.</summary>
internal sealed class StringPool
{
    private const int SlotCount = 1 << 13;
    private const int LengthMax = 64;
    private readonly string[] _recent = new string[SlotCount];

    /// <summary>A string of the characters.</summary>
    public string Of(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LengthMax) return text.ToString();
        ref var slot = ref _recent[(int)((uint)string.GetHashCode(text, StringComparison.Ordinal) % SlotCount)];
        if (slot is null || !text.SequenceEqual(slot)) slot = text.ToString();
        return slot;
    }
}
