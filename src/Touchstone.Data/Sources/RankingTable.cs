using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>What files of judgments and of runs share.</summary>
internal static class RankingTable
{
    /// <summary>Groups the rows; a copy is told with file and lines.</summary>
    public static QueryDocuments<TValue> Build<TValue>(string path, QueryDocumentsBuilder<TValue> builder, DuplicateRule duplicates) where TValue : struct
    {
        try
        {
            return builder.Build(duplicates);
        }
        catch (DuplicateDocumentException e)
        {
            throw new SourceException(path, e.SecondLine, string.Create(
                CultureInfo.InvariantCulture,
                $"document \"{e.Document}\" stands twice for query \"{e.Query}\" (first on line {e.FirstLine}); list each once, or keep the first copy by option."), e);
        }
    }
}
