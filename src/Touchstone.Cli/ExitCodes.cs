using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Cli;
using Touchstone.Cli.Stages;

namespace Touchstone.Cli;

/// <summary>What the program answers to the shell, and the words that go with it.</summary>
internal static partial class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The data, the configuration or the disk has a fault; the message says where.</summary>
    public const int Fault = 1;

    /// <summary>The command was not understood.</summary>
    public const int Usage = 2;

    /// <summary>LibTorch cannot be loaded here; the message says what to install.</summary>
    public const int LibTorchMissing = 3;

    /// <summary>Another run has the workspace.</summary>
    public const int Busy = 4;

    /// <summary>Stopped by Ctrl-C or SIGTERM.</summary>
    public const int Stopped = 130;

    /// <summary>Runs a verb and turns what went wrong into words and a code. Faults of the program itself keep their stack trace.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Say(Stopped, "Stopped. What was finished is kept; the same command goes on from there.");
        }
        catch (UsageException fault)
        {
            return Say(Usage, fault.Message);
        }
        catch (CommandAppException fault)
        {
            return Say(Usage, NoNumber().Replace(fault.Message, "'$1' is no number that this option takes.") + " See touchstone --help.");
        }
        catch (WorkspaceException fault)
        {
            return Say(fault.IsBusy ? Busy : Fault, fault.Message);
        }
        catch (Exception fault) when (Faults.IsExpected(fault))
        {
            return Say(fault is Learning.LibTorchUnavailableException ? LibTorchMissing : Fault, fault.Message);
        }
        catch (UnauthorizedAccessException fault)
        {
            return Say(Fault, fault.Message + " Check the rights of the folder, or choose another with --workspace DIR.");
        }
        catch (IOException fault)
        {
            return Say(Fault, Workspace.Describe(fault, "the workspace"));
        }
    }

    // The library names a type of .NET there, which says nothing to a user.
    [GeneratedRegex(@"^Failed to convert '(.*)' to \S+\.$", RegexOptions.Singleline)]
    private static partial Regex NoNumber();

    private static int Say(int code, string message)
    {
        if (!Console.IsOutputRedirected) Console.Out.Write("\r\u001b[2K");
        ErrorConsole.Open().MarkupLine((code == Stopped ? "[yellow]stopped:[/] " : "[red]error:[/] ") + Markup.Escape(message));
        return code;
    }
}
