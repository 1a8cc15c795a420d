namespace Touchstone.Data.Warehouse;

/// <summary>A folder for work in progress, emptied before and removed after.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _path;

    private ScratchFolder(string path) => _path = path;

    /// <exception cref="IOException">Cannot be made (says where and why).</exception>
    public static ScratchFolder Make(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(path);
            return new ScratchFolder(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written ({error.Message.TrimEnd('.')}); make the folder writable, or choose another workspace with --workspace DIR.", error);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (IOException)
        {
            // What stays is emptied by the next run.
        }
    }
}
