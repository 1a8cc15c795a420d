using System.Text.Json.Serialization;
using Touchstone.Domain;

namespace Touchstone.Data.Configuration;

/// <summary>How the rows of a source are written.</summary>
public enum SourceFormat
{
    /// <summary>By the extension, <c>.gz</c> stripped.</summary>
    Auto,

    /// <summary>Delimited text with a header.</summary>
    Csv,

    /// <summary>Tab-delimited text with a header.</summary>
    Tsv,

    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>One user a line: <c>user item item …</c>, oldest first.</summary>
    Sequences,
}

/// <summary>Whether quotes enclose cells of delimited text.</summary>
public enum QuoteUse
{
    /// <summary>They do, but in tab-delimited files only where the first rows read better so.</summary>
    Auto,

    /// <summary>They do.</summary>
    On,

    /// <summary>They are text.</summary>
    Off,
}

/// <summary>The unit that prices are written in.</summary>
public enum PriceUnit
{
    /// <summary>Units of the currency.</summary>
    Units,

    /// <summary>Hundredths of a unit.</summary>
    Cents,
}

/// <summary>Rows whose column starts with a text take a sale back.</summary>
/// <param name="Column">Column of the source.</param>
/// <param name="StartsWith">Start of the value, compared ordinally.</param>
public sealed record ReturnRule(string Column, string StartsWith);

/// <summary>One entry of <c>catalogue:</c> or <c>events:</c>: which files, how they are written, and which column means what.</summary>
public sealed record SourceDefinition
{
    /// <summary>File, or a pattern with <c>*</c> for several files read in ordinal order of their names; relative to shop.yaml.</summary>
    public required string Path { get; init; }

    /// <summary>Form of the rows.</summary>
    public SourceFormat Format { get; init; } = SourceFormat.Auto;

    /// <summary>Delimiter of a CSV; null = guessed from the header among <c>, ; tab |</c>.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether quotes enclose cells.</summary>
    public QuoteUse Quotes { get; init; } = QuoteUse.Auto;

    /// <summary>Character encoding of text files.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>Decimal separator of numbers.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Kind of events that have no kind column; null = purchase where an order is mapped, rating where a rating is, else view.</summary>
    public InteractionKind? Kind { get; init; }

    /// <summary>Text of the kind column → kind, beside the kinds' own names.</summary>
    public IReadOnlyDictionary<string, InteractionKind> Kinds { get; init; } = new Dictionary<string, InteractionKind>();

    /// <summary>Which rows take a sale back, where the source marks them by a column's start.</summary>
    public ReturnRule? ReturnWhen { get; init; }

    /// <summary>Field → column; a field that is not named here is read from a column of its own name, where there is one.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Separator of the levels of a category in the source; empty = the text is one level or already a path.</summary>
    public string CategorySeparator { get; init; } = "";

    /// <summary><c>auto</c>, <c>iso</c>, <c>unix_s</c>, <c>unix_ms</c> or a .NET format.</summary>
    public string TimeFormat { get; init; } = "auto";

    /// <summary>Texts that stand for an absent value.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = ["", "NA", "null"];

    /// <summary>Columns that are snapshots of the future (popularity after the fact): never read.</summary>
    public IReadOnlyList<string> Future { get; init; } = [];

    /// <summary>Columns kept as attributes of products.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Unit of prices, costs and totals.</summary>
    public PriceUnit PriceIn { get; init; } = PriceUnit.Units;

    /// <summary>Whether a header without rows is no fault: one file of several.</summary>
    [JsonIgnore]
    public bool MayBeEmpty { get; init; }

    /// <summary>Line of the entry in shop.yaml, from 1; 0 where it does not come from a file.</summary>
    [JsonIgnore]
    public long LineNumber { get; init; }

    /// <summary>Column as written in shop.yaml → line where it was named.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> ColumnLineNumbers { get; init; } = new Dictionary<string, long>();
}
