using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Names of columns in tables of judgments and runs.</summary>
internal static class JudgmentColumns
{
    /// <summary>Query.</summary>
    public static readonly string[] Query = ["query", "querytext", "searchterm", "queryid", "qid"];

    /// <summary>Product or document.</summary>
    public static readonly string[] Product = ["product", "productid", "docid", "documentid", "document", "id"];

    /// <summary>Grade.</summary>
    public static readonly string[] Grade = ["grade", "rating", "relevance", "label", "gain"];

    /// <summary>Score.</summary>
    public static readonly string[] Score = ["score", "similarity", "sim", "prediction"];

    /// <summary>Rank, in place of a score.</summary>
    public static readonly string[] Rank = ["rank", "position"];

    /// <summary>Name of the system.</summary>
    public static readonly string[] System = ["system", "run", "runid", "model"];

    /// <summary>The file and how to open it.</summary>
    /// <exception cref="SourceException">It is not there.</exception>
    public static (SourceFile File, SourceDefinition Source, ShopConfiguration Shop) Source(string path)
    {
        if (Directory.Exists(path)) throw new SourceException(path, 0, "is a folder; name a file.");
        if (!File.Exists(path)) throw new SourceException(path, 0, "is not there; check the path.");
        var format = SourceStreams.FormatOf(path) ?? SourceFormat.Csv;
        return (new SourceFile(Path.GetFullPath(path), path), new SourceDefinition { Path = path, Format = format }, new ShopConfiguration());
    }

    /// <summary>The first column with one of the names; null where there is none.</summary>
    public static int? Find(RowReader reader, string[] names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < reader.Columns.Count; i++)
                if (ColumnNames.Plain(reader.Columns[i]) == name) return i;
        }

        return null;
    }
}
