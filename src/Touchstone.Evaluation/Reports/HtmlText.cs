using System.Globalization;
using System.Text;

namespace Touchstone.Evaluation.Reports;

/// <summary>HTML that is built: markup of ours goes in raw, everything else encoded.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup of ours.</summary>
    internal HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Adds text from anywhere, encoded for content and quoted attributes; what HTML forbids becomes U+FFFD.</summary>
    internal HtmlText Text(string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': _text.Append("&amp;"); break;
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '"': _text.Append("&quot;"); break;
                case '\'': _text.Append("&#x27;"); break;
                case '\t' or '\n': _text.Append((char)rune.Value); break;
                case < 0x20 or (>= 0x7F and < 0xA0): _text.Append('\uFFFD'); break;
                default: _text.Append(rune.ToString()); break;
            }
        }

        return this;
    }

    /// <summary>Adds a coordinate, rounded to a tenth.</summary>
    internal HtmlText Number(double value)
    {
        _text.Append(Math.Round(value, 1).ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Adds an attribute whose value is text from anywhere.</summary>
    internal HtmlText Attribute(string name, string? value) => value is null ? this : Raw($" {name}=\"").Text(value).Raw("\"");

    public override string ToString() => _text.ToString();
}
