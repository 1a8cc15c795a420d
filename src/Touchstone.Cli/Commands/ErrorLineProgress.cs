using System.Globalization;

namespace Touchstone.Cli.Commands;

/// <summary>Progress as one line on standard error, wiped at the end whatever it is; silent where that is redirected, and for the first moments.</summary>
internal sealed class ErrorLineProgress(string what = "") : IProgress<double>, IDisposable
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly Lock _gate = new();
    private bool _isShown;

    /// <inheritdoc/>
    public void Report(double value) => Report(what, value);

    /// <summary>Says how far a part is.</summary>
    public void Report(string part, double share) => Say(share < 1 ? string.Create(CultureInfo.InvariantCulture, $"{part}: {share:0 %}") : "");

    /// <summary>Says what is being done.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            if (Console.IsErrorRedirected || TimeProvider.System.GetElapsedTime(_start) < TimeSpan.FromSeconds(1)) return;
            Console.Error.Write("\r\u001b[2K" + text);
            _isShown = text.Length > 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShown) Say("");
    }
}
