using System.Text;

namespace Touchstone.Search.Lexical;

/// <summary>Attributes as words: a value as it stands; of <c>true</c> the name (<c>attr_b_wi_fi: true</c> → <c>wi fi</c>); of <c>false</c> nothing.</summary>
internal static class AttributeWords
{
    private static readonly string[] s_prefixes = ["attr_t_", "attr_n_", "attr_b_"];

    public static string Of(IReadOnlyDictionary<string, string> attributes)
    {
        var words = new StringBuilder();
        foreach (var (name, value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var said = value.ToLowerInvariant() switch
            {
                "false" or "no" => "",
                "true" or "yes" => Spoken(name),
                _ => value,
            };
            if (said.Length > 0) words.Append(said).Append('\n');
        }

        return words.ToString();
    }

    private static string Spoken(string name)
    {
        var prefix = s_prefixes.FirstOrDefault(start => name.StartsWith(start, StringComparison.Ordinal)) ?? "";
        return name[prefix.Length..].Replace('_', ' ').Replace('.', ' ');
    }
}
