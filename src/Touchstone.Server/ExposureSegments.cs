using System.Globalization;
using Touchstone.Data.Segments;
using Touchstone.Domain;

namespace Touchstone.Server;

/// <summary>
/// Where this process appends exposures: live segments under a name that no other process has, so that several servers, and runs, work
/// on one workspace without waiting for each other.
/// </summary>
internal sealed class ExposureSegments
{
    private const string Prefix = "server-";

    private readonly FactStore<Exposure> _store;
    private readonly string _process;
    private int _number;

    /// <summary>Names this process.</summary>
    /// <param name="folder">The folder of the exposures.</param>
    /// <param name="time">Clock.</param>
    public ExposureSegments(string folder, TimeProvider time)
    {
        _store = new FactStore<Exposure>(folder);
        _process = Prefix + Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
    }

    /// <summary>The segment to append to: the last one again where a write failed, a new one where it was sealed.</summary>
    /// <exception cref="SegmentException">It cannot be written.</exception>
    public IFactAppender<Exposure> Open()
    {
        if (_number > 0 && _store.IsLive(Name)) return _store.OpenLive(Name);
        _number++;
        return _store.OpenLive(Name);
    }

    /// <summary>Seals what servers that were killed left open; a segment that another process writes stays as it is.</summary>
    /// <returns>Names of the sealed segments.</returns>
    public IReadOnlyList<string> SealOrphans()
    {
        List<string> orphans = [];
        foreach (var batch in _store.ListBatches().Where(batch => batch.StartsWith(Prefix, StringComparison.Ordinal) && _store.IsLive(batch)))
        {
            try
            {
                using var segment = _store.OpenLive(batch);
                orphans.Add(batch);
            }
            catch (Exception fault) when (fault is IOException or ArgumentException)
            {
                // Another server writes it, or has just sealed it: readers take it as it is.
            }
        }

        return orphans;
    }

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{_process}-{_number:0000}");
}
