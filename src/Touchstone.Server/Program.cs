using System.Net;
using Touchstone.Data.Configuration;
using Touchstone.Data.Segments;
using Touchstone.Server;

var (options, fault) = ServeOptions.Parse(args);
if (options.IsHelp)
{
    Console.Out.WriteLine(ServeOptions.Usage);
    return 0;
}

if (fault is not null) return Say(2, fault + Environment.NewLine + ServeOptions.Usage);
ShopConfiguration shop;
try
{
    shop = ShopConfiguration.Load(options.ShopYaml);
}
catch (ConfigurationException unusable)
{
    return Say(1, unusable.Message);
}

var layout = new WorkspaceLayout(WorkspaceLayout.FolderOf(shop, options.Workspace));
try
{
    await using var app = ServerHost.Build(shop, layout, options.Host, options.Port, TimeProvider.System);
    await app.StartAsync().ConfigureAwait(false);
    foreach (var url in app.Urls) Console.Out.WriteLine($"Serving {shop.Shop} on {url}/v1/recommendations (Ctrl-C ends)");
    if (!IPAddress.IsLoopback(options.Host)) Console.Error.WriteLine($"warning: {options.Host} can be reached from other machines, and answers without asking who calls.");
    await app.WaitForShutdownAsync().ConfigureAwait(false);
    return app.Services.GetRequiredService<SignalLifetime>().ExitCode;
}
catch (SegmentException unwritable)
{
    return Say(1, unwritable.Message);
}
catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    return Say(1, $"Port {options.Port} on {options.Host} is taken; choose another with --port N, or 0 for any free one.");
}
catch (System.Net.Sockets.SocketException refused)
{
    return Say(1, $"Cannot listen on {options.Host} port {options.Port} ({refused.Message}); choose others with --host and --port.");
}

static int Say(int code, string message)
{
    Console.Error.WriteLine("error: " + message);
    return code;
}
