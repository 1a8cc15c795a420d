using Touchstone.Data.Cleaning;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>
/// Facts of a workspace as relations of the engine. They are read once into what is the engine's own, and nothing in the workspace is
/// written or held: a server may append, and a run replace its stages, meanwhile.
/// </summary>
/// <param name="database">The engine.</param>
/// <param name="folder">The workspace.</param>
/// <param name="scratch">Folder for the copy of clean rows; lives as long as the relations.</param>
/// <param name="eventBatches">Batches of events that the last ingest named; null for all there are.</param>
internal sealed class WorkspaceFacts(DuckDatabase database, string folder, string scratch, IReadOnlyCollection<string>? eventBatches)
{
    private const string Clean = "clean.interactions", Events = "facts.events", Exposures = "facts.exposures", Assignments = "facts.assignments";
    private const string Run = "`touchstone run SHOP_YAML` makes them";

    private readonly WorkspaceLayout _layout = new(folder);

    /// <summary>The facts of that name; null where the name is a file's.</summary>
    /// <exception cref="SourceException">There are no such facts (names those there are), or none of them yet (says what makes them).</exception>
    /// <exception cref="SegmentException">A damaged segment.</exception>
    public DataRelation? Open(string source) => source switch
    {
        Clean => CleanInteractions(),
        Events => Load<Interaction>(source, "events", eventBatches, Run),
        Exposures => Load<Exposure>(source, "exposures", null, "`touchstone serve SHOP_YAML` appends them as it answers"),
        Assignments => Load<Assignment>(source, "assignments", null, "the program that assigns units appends them"),
        _ when IsNoFile(source) => throw new SourceException(source, 0, $"names no facts; a workspace has {Clean}, {Events}, {Exposures}, {Assignments}."),
        _ => null,
    };

    private bool IsNoFile(string source) =>
        (source.StartsWith("facts.", StringComparison.Ordinal) || source.StartsWith("clean.", StringComparison.Ordinal))
        && SourceStreams.FormatOf(source) is null && !File.Exists(Path.Combine(folder, source));

    private DataRelation Load<T>(string source, string kind, IReadOnlyCollection<string>? batches, string maker)
    {
        var store = new FactStore<T>(_layout.Facts(kind));
        if (store.ListBatches().Count == 0) throw Nothing(source, store.Folder, maker);
        var schema = FactSchema<T>.Instance;
        database.Execute($"CREATE TABLE {schema.Name} ({WarehouseSink.Columns(schema.Columns)})");
        using (var appender = database.Append(schema.Name))
        {
            var sink = new WarehouseSink(appender);
            foreach (var row in store.Read(batches))
            {
                appender.BeginRow();
                schema.Write(row, sink);
                appender.EndRow();
            }
        }

        return DataRelation.OfFacts(database, source, schema.Name);
    }

    /// <summary>A copy: a run that replaces the stage between two queries must not mix two states.</summary>
    private DataRelation CleanInteractions()
    {
        var (file, copy) = (Path.Combine(_layout.Stage("clean"), CleanFiles.Interactions), Path.Combine(scratch, CleanFiles.Interactions));
        try
        {
            File.Copy(file, copy);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Nothing(Clean, file, Run, fault);
        }

        return DataRelation.OfFacts(database, Clean, $"read_parquet({DuckDatabase.Literal(copy)})");
    }

    private static SourceException Nothing(string source, string place, string maker, Exception? fault = null) =>
        new(source, 0, $"finds nothing in {place}: {maker}. Name the workspace with --workspace DIR.", fault);
}
