using System.Runtime.InteropServices;

namespace Touchstone.Learning;

/// <summary>
/// Settings of the C library and of OpenMP that LibTorch runs with. By default glibc gives freed blocks of megabytes back to the system and
/// takes them again at the next operation: on a small network the page faults cost many times the arithmetic. And OpenMP's threads wait
/// actively for milliseconds, which beside any other load makes everything several times slower (benchmarks/README.md has the figures).
/// </summary>
internal static class NativeSettings
{
    private const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3, ArenaMax = -8;
    private static readonly Lock Once = new();
    private static bool s_isSet;

    /// <summary>Sets both, once and before LibTorch is loaded; does nothing elsewhere than on Linux. What the environment states wins.</summary>
    public static void Apply()
    {
        lock (Once)
        {
            if (s_isSet || !OperatingSystem.IsLinux()) return;
            s_isSet = true;
            try
            {
                _ = SetOption(ArenaMax, 1);
                _ = SetOption(MmapThreshold, 32 << 20);
                _ = SetOption(TrimThreshold, int.MaxValue);
                _ = SetOption(TopPad, 64 << 20);
                _ = SetVariable("GOMP_SPINCOUNT", "5000", 0);
            }
            catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException)
            {
                // Another C library (musl) has no such options: slower, with the same results.
            }
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);

    // The runtime keeps its own copy of the environment; OpenMP reads the C library's.
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
