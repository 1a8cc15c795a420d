using Spectre.Console;

namespace Touchstone.Cli;

/// <summary>Standard error as a console: what is said beside the answer.</summary>
internal static class ErrorConsole
{
    /// <summary>Opens it; a file or a pipe has no width to wrap at.</summary>
    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Profile.Width = Math.Max(console.Profile.Width, Console.IsErrorRedirected ? 4096 : 20);
        return console;
    }
}
