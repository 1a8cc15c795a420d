using System.Runtime.InteropServices;
using TorchSharp;

namespace Touchstone.Learning;

/// <summary>The native library that training runs on.</summary>
public static class LibTorch
{
    private const string NeededSymbol = "GLIBCXX_3.4.32";

    /// <summary>Loads LibTorch, where that has not happened yet, and bounds its threads.</summary>
    /// <param name="threads">Threads of one operation, at least 1; the same number on the same kind of processor gives the same bits.</param>
    /// <exception cref="LibTorchUnavailableException">It cannot be loaded (says what to run).</exception>
    public static void Start(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        NativeSettings.Apply();
        if (MissingSymbol(LibStdCxx()) is { } reason) throw new LibTorchUnavailableException(reason);
        try
        {
            torch.set_num_threads(threads);
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException or NotSupportedException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new LibTorchUnavailableException(fault.GetBaseException().Message, fault);
        }
    }

    /// <summary>Why that libstdc++ is too old, or null; asked for first because the loader's own words name no remedy.</summary>
    internal static string? MissingSymbol(string? libStdCxx)
    {
        if (libStdCxx is null) return null;
        return File.ReadAllBytes(libStdCxx).AsSpan().IndexOf("GLIBCXX_3.4.32"u8) >= 0 ? null : $"{libStdCxx} has no {NeededSymbol}";
    }

    // Where the loader will find it; null where it is elsewhere, so that the loader itself decides.
    private static string? LibStdCxx()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return null;
        string[] places = ["/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "/usr/lib64/libstdc++.so.6"];
        return Array.Find(places, File.Exists);
    }
}
