using System.Globalization;

namespace Touchstone.Cli.Commands;

/// <summary>Progress as one line on standard error that wipes itself; silent where that is redirected, and for the first moments.</summary>
internal sealed class ErrorLineProgress(string what) : IProgress<double>
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <inheritdoc/>
    public void Report(double value)
    {
        if (Console.IsErrorRedirected || TimeProvider.System.GetElapsedTime(_start) < TimeSpan.FromSeconds(1)) return;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\u001b[2K{(value < 1 ? $"{what}: {value:0 %}" : "")}"));
    }
}
