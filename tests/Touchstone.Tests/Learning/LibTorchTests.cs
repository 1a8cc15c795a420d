using Touchstone.Learning;

namespace Touchstone.Tests.Learning;

public sealed class LibTorchTests
{
    [Fact]
    public void A_libstdcxx_without_the_needed_symbol_is_told_apart()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "\0GLIBCXX_3.4.30\0GLIBCXX_3.4.31\0");
            Assert.Equal($"{file} has no GLIBCXX_3.4.32", LibTorch.MissingSymbol(file));
            File.WriteAllText(file, "\0GLIBCXX_3.4.31\0GLIBCXX_3.4.32\0");
            Assert.Null(LibTorch.MissingSymbol(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_missing_LibTorch_says_what_to_run()
    {
        var fault = new LibTorchUnavailableException("libstdc++.so.6 has no GLIBCXX_3.4.32.");
        Assert.Equal(
            "LibTorch cannot be loaded: libstdc++.so.6 has no GLIBCXX_3.4.32. Training EASE and networks needs it, and it needs libstdc++ of GCC 13 or newer (GLIBCXX_3.4.32). "
            + "Run eng/prerequisites as root (on Debian 12 it installs libstdc++6 of Debian 13, and upgrades libc6 with it; with TOUCHSTONE_INSTALL=0 it prints the commands), "
            + "use Debian 13 or Ubuntu 24.04, or leave the model out of shop.yaml.",
            fault.Message);
    }
}
