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

    /// <summary>Rows of a table of judgments; the grade's text is trimmed, ids stand as they are.</summary>
    /// <exception cref="SourceException">A column or a cell is missing, or a row cannot be read (says line and remedy).</exception>
    public static IEnumerable<(long Line, string Query, string Product, string Grade)> Rows(string path, CancellationToken cancellation = default)
    {
        const string Remedy = "write query,product,grade.", Form = "Write query,product,grade, or TREC qrels.";
        using var table = TableFile.Open(path, cancellation);
        var (query, product, grade) = (table.Need(Form, Query), table.Need(Form, Product), table.Need(Form, Grade));
        while (table.Read())
            yield return (table.LineNumber, table.Text(query, Remedy).ToString(), table.Text(product, Remedy).ToString(), table.Text(grade, Remedy).Trim().ToString());
    }
}
