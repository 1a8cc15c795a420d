using Touchstone.Serving.Rollout;

namespace Touchstone.Server.Reload;

/// <summary>
/// The state that requests are answered from, renewed when the workspace has changed: the new one is loaded beside the old, swapped in
/// by one reference, and the old one is freed when its last request has ended. A load that fails keeps the old state and says so.
/// </summary>
internal sealed partial class LiveShop : IDisposable
{
    /// <summary>How often the workspace is looked at.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);

    /// <summary>When a load that failed is tried again though nothing has changed.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private const int MostReadings = 5;

    private readonly Func<ServedShop> _load;
    private readonly Func<string> _stamp;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveShop> _log;
    private readonly SemaphoreSlim _checking = new(1);
    private ITimer? _timer;
    private Counted<ServedShop>? _current;
    private string? _loadedStamp;
    private string? _failedStamp;
    private DateTimeOffset _retryAt;
    private bool _isDisposed;

    /// <summary>Nothing is loaded yet.</summary>
    /// <param name="load">Reads the workspace.</param>
    /// <param name="stamp">Changes with the workspace; cheap.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Told of every change.</param>
    public LiveShop(Func<ServedShop> load, Func<string> stamp, TimeProvider time, ILogger<LiveShop> log) =>
        (_load, _stamp, _time, _log) = (load, stamp, time, log);

    /// <summary>Why the last load failed, or that none has ended yet; null where the newest state serves.</summary>
    public string? Trouble { get; private set; } = "The models are being loaded.";

    /// <summary>Looks at the workspace from now on.</summary>
    public void Watch() => _timer ??= _time.CreateTimer(_ => _ = CheckAsync(), null, TimeSpan.Zero, CheckEvery);

    /// <summary>The state for one request, to be released at its end; null where nothing is loaded yet.</summary>
    public Counted<ServedShop>? Take()
    {
        while (Volatile.Read(ref _current) is { } current)
        {
            if (current.TryTake()) return current;
        }

        return null;
    }

    /// <summary>Loads the workspace where it has changed. A check that is under way is not doubled.</summary>
    public async Task CheckAsync()
    {
        if (!await _checking.WaitAsync(0).ConfigureAwait(false)) return;
        try
        {
            var stamp = _stamp();
            if (stamp == _loadedStamp || (stamp == _failedStamp && _time.GetUtcNow() < _retryAt)) return;
            await Task.Run(() => Renew(stamp)).ConfigureAwait(false);
        }
        catch (Exception fault) when (WorkspaceLoader.IsExpected(fault))
        {
            Fail(fault.Message);
        }
        catch (Exception fault)
        {
            // A fault of the program: the old state goes on serving, and the log has the stack.
            LogBroken(fault);
            Fail($"The workspace could not be loaded ({fault.GetType().Name}: {fault.Message}); the log says where.");
        }
        finally
        {
            _checking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        Volatile.Write(ref _isDisposed, true);
        Interlocked.Exchange(ref _current, null)?.Release();
    }

    // A run may replace a folder between two files of it: what was read counts when nothing has changed meanwhile.
    private void Renew(string stamp)
    {
        for (var reading = 1; ; reading++)
        {
            _failedStamp = stamp;
            var shop = _load();
            var after = _stamp();
            var lost = _current?.Value is { } before ? shop.Lost(before) : null;
            if (after == stamp && lost is null)
            {
                Swap(shop, stamp);
                return;
            }

            shop.Dispose();
            if (after == stamp) throw new NotReadyException($"The folder of stage {lost} is away: it is read again when it is back.");
            stamp = after;
            if (reading == MostReadings) throw new NotReadyException("The workspace changed each time it was read; it is tried again.");
        }
    }

    private void Swap(ServedShop shop, string stamp)
    {
        var old = Interlocked.Exchange(ref _current, new Counted<ServedShop>(shop));
        (_loadedStamp, _failedStamp, Trouble) = (stamp, null, null);
        var (recommenders, searchers) = (shop.Policies.Recommenders, shop.Policies.Searchers);
        if (recommenders is not null) LogServing("recommender", recommenders.Champion.Policy, recommenders.Names);
        if (searchers is not null) LogServing("searcher", searchers.Champion.Policy, searchers.Names);
        foreach (var refusal in (recommenders?.Unloadable ?? []).Concat(searchers?.Unloadable ?? [])) LogTrouble(refusal.Problem);
        old?.Release();
        // A load that ends after the server has ended belongs to nobody.
        if (Volatile.Read(ref _isDisposed)) Interlocked.Exchange(ref _current, null)?.Release();
    }

    private void Fail(string problem)
    {
        _retryAt = _time.GetUtcNow() + RetryAfter;
        if (Trouble != problem) LogTrouble(problem);
        Trouble = problem;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Kind} {Champion}; by name: {Models}.")]
    private partial void LogServing(string kind, ServingPolicy champion, IEnumerable<string> models);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogTrouble(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Loading the workspace failed.")]
    private partial void LogBroken(Exception fault);
}
