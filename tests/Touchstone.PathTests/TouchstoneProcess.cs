using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Touchstone.PathTests;

/// <summary>The program as a person runs it: a process with its output, its error stream and its exit code.</summary>
internal sealed record TouchstoneProcess(int ExitCode, string Output, string Error)
{
    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Touchstone.Cli.dll");

    /// <summary>Runs a verb to its end.</summary>
    public static Task<TouchstoneProcess> RunAsync(string folder, params string[] arguments) => RunAsync(folder, null, arguments);

    /// <summary>Runs a verb; sends SIGINT as soon as a line of the output contains <paramref name="interruptAt"/>.</summary>
    public static async Task<TouchstoneProcess> RunAsync(string folder, string? interruptAt, string[] arguments, string signal = "-INT")
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return await RunAsync(start, interruptAt, signal);
    }

    /// <summary>Runs the program behind a shell line in which <c>dotnet "$touchstone"</c> stands for it, e.g. in a mount namespace of its own.</summary>
    public static Task<TouchstoneProcess> ShellAsync(string folder, string line)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(line);
        start.Environment["touchstone"] = Program;
        return RunAsync(start, null, "-INT");
    }

    private static async Task<TouchstoneProcess> RunAsync(ProcessStartInfo start, string? interruptAt, string signal)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.Environment["TOUCHSTONE_INSTALL"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.AppendLine(line);
            if (interruptAt is null || !line.Contains(interruptAt, StringComparison.Ordinal)) continue;
            interruptAt = null;
            using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new TouchstoneProcess(process.ExitCode, output.ToString(), await error);
    }
}
