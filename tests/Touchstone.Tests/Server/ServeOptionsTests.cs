using System.Net;
using Touchstone.Server;

namespace Touchstone.Tests.Server;

public sealed class ServeOptionsTests
{
    [Fact]
    public void Left_out_options_serve_this_folder_to_this_machine_only()
    {
        var (options, fault) = ServeOptions.Parse([]);
        Assert.Null(fault);
        Assert.Equal(("shop.yaml", null, 8080, IPAddress.Loopback), (options.ShopYaml, options.Workspace, options.Port, options.Host));
    }

    [Theory]
    [InlineData("my.yaml --workspace ws --port 0 --host 0.0.0.0")]
    [InlineData("--host=0.0.0.0 --port=0 --workspace=ws my.yaml")]
    public void Options_are_read_in_any_order_and_form(string line)
    {
        var (options, fault) = ServeOptions.Parse(line.Split(' '));
        Assert.Null(fault);
        Assert.Equal(("my.yaml", "ws", 0, IPAddress.Any), (options.ShopYaml, options.Workspace, options.Port, options.Host));
    }

    [Theory]
    [InlineData("--prot 80", "Unknown option --prot; known: --workspace, --port, --host.")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--port 70000", "--port 70000 is not a port; write 0 to 65535 (0: any free one).")]
    [InlineData("--port -1", "--port -1 is not a port; write 0 to 65535 (0: any free one).")]
    [InlineData("--host shop.example", "--host shop.example is not an address of this machine; write 127.0.0.1, 0.0.0.0 for all, or localhost.")]
    [InlineData("a.yaml b.yaml", "One shop.yaml is served; \"b.yaml\" is a second.")]
    public void A_fault_says_what_to_write(string line, string expected) => Assert.Equal(expected, ServeOptions.Parse(line.Split(' ')).Fault);
}
