namespace Touchstone.Models.Tokens;

/// <summary>
/// The rules of a normalisation, looked up once for each character of the Basic Multilingual Plane. The data are ICU4N's and .NET's own, so
/// that a text gives the same words on every machine, whatever ICU is installed there, and under invariant globalisation too.
/// </summary>
internal sealed class CharacterTable
{
    private static readonly Lazy<CharacterTable> BertTable = new(() => new CharacterTable(new BertRules()));
    private static readonly Lazy<CharacterTable> ShopTable = new(() => new CharacterTable(new ShopRules()));

    private readonly List<string> expansions = [];

    private CharacterTable(CharacterRules rules)
    {
        Rules = rules;
        for (var i = 0; i <= char.MaxValue; i++)
        {
            if (char.IsSurrogate((char)i))
            {
                (Classes[i], Joins[i]) = (CharacterClass.Surrogate, true);
                continue;
            }

            var @class = rules.Classify(i, out var replacement);
            if (replacement is not null && (replacement.Length > 1 || @class == CharacterClass.Expands))
            {
                (Classes[i], Mapped[i]) = (CharacterClass.Expands, (char)expansions.Count);
                expansions.Add(replacement);
            }
            else
            {
                (Classes[i], Mapped[i]) = (@class, replacement?[0] ?? (char)i);
            }

            Joins[i] = @class == CharacterClass.Nothing || rules.JoinsBefore(i);
        }
    }

    /// <summary>The rules themselves, for code points beyond the table.</summary>
    internal CharacterRules Rules { get; }

    /// <summary>[character] what it does.</summary>
    internal CharacterClass[] Classes { get; } = new CharacterClass[char.MaxValue + 1];

    /// <summary>[character] what stands for it, or the number of its expansion.</summary>
    internal char[] Mapped { get; } = new char[char.MaxValue + 1];

    /// <summary>[character] whether it may concern what stands before it (a mark, or nothing at all).</summary>
    internal bool[] Joins { get; } = new bool[char.MaxValue + 1];

    /// <summary>The table of a normalisation; built at first use.</summary>
    internal static CharacterTable Of(TextNormalisation normalisation) => normalisation switch
    {
        TextNormalisation.Bert => BertTable.Value,
        TextNormalisation.Shop => ShopTable.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, "Expected Bert or Shop."),
    };

    /// <summary>The characters that stand for one of class <see cref="CharacterClass.Expands"/>.</summary>
    internal string Expansion(char character) => expansions[Mapped[character]];
}
