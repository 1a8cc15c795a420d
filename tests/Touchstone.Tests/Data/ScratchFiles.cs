namespace Touchstone.Tests.Data;

/// <summary>A folder of one test, removed with it.</summary>
public sealed class ScratchFiles : IDisposable
{
    public ScratchFiles() => Folder = Directory.CreateTempSubdirectory("touchstone-test-").FullName;

    public string Folder { get; }

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
