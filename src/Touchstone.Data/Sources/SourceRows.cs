using Touchstone.Data.Configuration;

namespace Touchstone.Data.Sources;

/// <summary>Walks the rows of all files of one source.</summary>
internal static class SourceRows
{
    private const int RowsAReport = 1 << 14;

    /// <summary>Facts of all files, in order.</summary>
    /// <param name="source">Entry of shop.yaml.</param>
    /// <param name="shop">The configuration.</param>
    /// <param name="progress">Told now and then; may be null.</param>
    /// <param name="bind">Makes the mapping for a file whose columns are known.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static IEnumerable<T> Read<T>(
        SourceDefinition source, ShopConfiguration shop, IProgress<SourceProgress>? progress, Func<RowReader, SourceFile, Func<RowReader, T>> bind, CancellationToken cancellationToken)
    {
        var files = SourceFiles.Resolve(source, shop);
        var total = files.Sum(file => file.Size);
        long before = 0, rows = 0;
        foreach (var file in files)
        {
            using var reader = RowReaders.Open(file, source, shop, out var onDisk);
            var map = bind(reader, file);
            while (RowReaders.Advance(reader, file))
            {
                yield return map(reader);
                if (++rows % RowsAReport != 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new SourceProgress(file.Name, before + (onDisk?.Count ?? 0), total, rows));
            }

            before += file.Size;
            progress?.Report(new SourceProgress(file.Name, before, total, rows));
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (rows == 0 && !source.MayBeEmpty)
            throw new SourceException(files[^1].Name, 1, $"has a header and no rows{SourceFiles.At(source, shop)}; export it again, or take it out of {shop.FileName}.");
    }
}
