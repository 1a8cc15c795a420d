using System.Threading.Channels;
using Touchstone.Domain;

namespace Touchstone.Serving.Exposures;

/// <summary>
/// Remembers what is shown. A slate is durable before its answer is sent: slates that arrive while the disk is at work are committed
/// together, so that the cost of a sync is shared. Safe from many threads.
/// </summary>
public sealed class ExposureLog : IAsyncDisposable
{
    private const int LargestGroup = 1024;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(8 * LargestGroup) { SingleReader = true });
    private readonly Func<IFactAppender<Exposure>> _open;
    private readonly long _rowsAPlace;
    private readonly Task _writing;

    /// <summary>Starts the log.</summary>
    /// <param name="open">Opens the place to append to: again after a failed write, and a next one when one is full.</param>
    /// <param name="rowsAPlace">Rows after which a place is closed for good.</param>
    public ExposureLog(Func<IFactAppender<Exposure>> open, long rowsAPlace = 500_000)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowsAPlace);
        (_open, _rowsAPlace) = (open, rowsAPlace);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Ends when the rows are durable.</summary>
    /// <param name="rows">The rows of one slate.</param>
    /// <param name="cancellationToken">Stops the waiting; rows that were taken are written all the same.</param>
    /// <exception cref="IOException">They could not be written: then the slate must not be shown.</exception>
    /// <exception cref="ChannelClosedException">The log was closed.</exception>
    public async Task AppendAsync(IReadOnlyList<Exposure> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) return;
        var slate = new Waiting(rows);
        await _waiting.Writer.WriteAsync(slate, cancellationToken).ConfigureAwait(false);
        await slate.Written.Task.ConfigureAwait(false);
    }

    /// <summary>Writes what waits, and closes the place.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        var group = new List<Waiting>(LargestGroup);
        IFactAppender<Exposure>? place = null;
        try
        {
            while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                group.Clear();
                while (group.Count < LargestGroup && _waiting.Reader.TryRead(out var slate)) group.Add(slate);
                place = Write(group, place);
            }
        }
        catch (Exception fault)
        {
            // A fault of the program: nobody may wait for a writer that is gone.
            _waiting.Writer.TryComplete(fault);
            while (_waiting.Reader.TryRead(out var slate)) group.Add(slate);
            foreach (var slate in group) slate.Written.TrySetException(fault);
            throw;
        }
        finally
        {
            place?.Dispose();
        }
    }

    // Returns the place to go on with, or null where the next group has to open one.
    private IFactAppender<Exposure>? Write(List<Waiting> group, IFactAppender<Exposure>? place)
    {
        try
        {
            place ??= _open();
            foreach (var slate in group)
            {
                foreach (var row in slate.Rows) place.Append(row);
            }

            place.Commit();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What was half written is a torn tail, and the next opening cuts it off.
            place?.Abandon();
            foreach (var slate in group) slate.Written.SetException(fault);
            return null;
        }

        foreach (var slate in group) slate.Written.SetResult();
        if (place.RowCount < _rowsAPlace) return place;
        try
        {
            place.Dispose();
        }
        catch (IOException)
        {
            // All rows are committed: an unsealed place is read like a sealed one, and closed by the next start.
            place.Abandon();
        }

        return null;
    }

    private sealed record Waiting(IReadOnlyList<Exposure> Rows)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
