using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Touchstone.Evaluation.Reports;

/// <summary>HTML that is built: markup of ours goes in raw, everything else encoded.</summary>
internal sealed class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup of ours.</summary>
    internal HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Adds text from anywhere, encoded for content and quoted attributes.</summary>
    internal HtmlText Text(string? text)
    {
        if (!string.IsNullOrEmpty(text)) _text.Append(Encoder.Encode(text));
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
