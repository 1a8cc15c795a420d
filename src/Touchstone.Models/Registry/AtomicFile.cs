using System.Text;

namespace Touchstone.Models.Registry;

/// <summary>Writes small files so that a reader sees the old or the new text, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, syncs, and renames over it.</summary>
    internal static void Write(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
