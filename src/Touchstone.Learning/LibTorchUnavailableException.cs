namespace Touchstone.Learning;

/// <summary>LibTorch cannot be loaded on this machine; the message says what to run. Only training needs it, serving never does.</summary>
/// <param name="reason">What the system answered.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class LibTorchUnavailableException(string reason, Exception? inner = null)
    : Exception($"LibTorch cannot be loaded: {Clean(reason)}. {Remedy}", inner)
{
    /// <summary>How to mend it.</summary>
    public const string Remedy =
        "Training EASE and networks needs it, and it needs libstdc++ of GCC 13 or newer (GLIBCXX_3.4.32). "
        + "Run eng/prerequisites as root (on Debian 12 it installs libstdc++6 of Debian 13, and upgrades libc6 with it; with TOUCHSTONE_INSTALL=0 it prints the commands), "
        + "use Debian 13 or Ubuntu 24.04, or leave the model out of shop.yaml.";

    private static string Clean(string reason) => reason.ReplaceLineEndings(" ").TrimEnd(' ', '.');
}
