namespace Touchstone.Data.Segments;

/// <summary>Enumerations are stored by name in lower case, so that a file says what it holds and members can be added.</summary>
internal static class FactEnum<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Texts =
        Enum.GetValues<TEnum>().ToDictionary(v => v, v => FactNames.Snake(v.ToString()));

    private static readonly Dictionary<string, TEnum> Values = Texts.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static string ToText(TEnum value) => Texts[value];

    public static TEnum FromText(string text) => Values.TryGetValue(text, out var value)
        ? value
        : throw new FormatException($"\"{text}\" is not a {typeof(TEnum).Name} that this build knows; update Touchstone.");
}
