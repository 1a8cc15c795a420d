using System.Text;

namespace Touchstone.Data.Segments;

/// <summary>Names of facts and columns as they stand in files and SQL.</summary>
internal static class FactNames
{
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
