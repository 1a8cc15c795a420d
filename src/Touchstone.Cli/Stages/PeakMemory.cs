using System.Globalization;

namespace Touchstone.Cli.Stages;

/// <summary>Peak resident memory of this process since the last reset.</summary>
internal static class PeakMemory
{
    /// <summary>Starts a new measurement; where the system cannot reset, the peak since the start of the process is told.</summary>
    public static void Reset()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Containers may forbid it: the peak of the whole process then stands, which is never too small.
        }
    }

    /// <summary>MiB, or NaN where the system does not tell.</summary>
    public static double Mib()
    {
        if (!OperatingSystem.IsLinux()) return double.NaN;
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (!line.StartsWith("VmHWM:", StringComparison.Ordinal)) continue;
            var kibibytes = line.AsSpan(6).Trim();
            kibibytes = kibibytes[..kibibytes.IndexOf(' ')];
            return double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024;
        }

        return double.NaN;
    }
}
