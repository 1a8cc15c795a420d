using System.Runtime.InteropServices;

namespace Touchstone.Server;

/// <summary>Ends the server in good order at the first Ctrl-C or SIGTERM: requests are finished, exposures written. The second ends it at once.</summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    /// <summary>Exit code: 130 after Ctrl-C, else 0.</summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        var code = context.Signal == PosixSignal.SIGINT ? 130 : 0;
        if (Interlocked.Increment(ref _signals) > 1) Environment.Exit(130);
        ExitCode = code;
        application.StopApplication();
    }
}
