using Touchstone.Data.Configuration;

namespace Touchstone.Cli.Stages;

/// <summary>The workspace as a run holds it: the layout, and the lock that keeps a second run out.</summary>
/// <param name="Folder">Absolute path.</param>
internal sealed record Workspace(string Folder) : WorkspaceLayout(Folder)
{
    /// <summary>
    /// Takes the workspace for one run. Other processes may read and append facts meanwhile; a second run may not.
    /// </summary>
    /// <exception cref="WorkspaceException">Another run is at work, or the folder cannot be written.</exception>
    public IDisposable Take()
    {
        var path = Path.Combine(Folder, "run.lock");
        try
        {
            Directory.CreateDirectory(Folder);
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.SetLength(0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            stream.Flush();
            return stream;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new WorkspaceException($"{Folder} cannot be written ({fault.Message}). Choose another folder with --workspace DIR.", fault);
        }
        catch (IOException fault) when (File.Exists(path) && !IsFull(fault) && !IsReadOnly(fault))
        {
            throw new WorkspaceException($"Another run is at work in {Folder}. Wait for it, or choose another folder with --workspace DIR.", fault) { IsBusy = true };
        }
        catch (IOException fault)
        {
            throw new WorkspaceException(Describe(fault, Folder), fault);
        }
    }

    /// <summary>Words for a fault of writing.</summary>
    public static string Describe(IOException fault, string folder) =>
        IsFull(fault) ? $"No space left for {folder}. Free some, then run the same command again: finished stages are kept."
        : IsReadOnly(fault) ? $"{folder} is read-only. Choose another folder with --workspace DIR."
        : $"{fault.Message} ({folder})";

    // The low 16 bits of HResult are the system's errno on Unix (28 ENOSPC, 30 EROFS) and 112 ERROR_DISK_FULL on Windows.
    private static bool IsFull(IOException fault) => (fault.HResult & 0xFFFF) is 28 or 112 || fault.Message.Contains("No space left", StringComparison.Ordinal);

    private static bool IsReadOnly(IOException fault) => (fault.HResult & 0xFFFF) is 30 || fault.Message.Contains("Read-only file system", StringComparison.Ordinal);
}
