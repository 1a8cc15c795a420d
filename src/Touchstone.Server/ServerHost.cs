using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Touchstone.Data.Configuration;
using Touchstone.Server.Endpoints;
using Touchstone.Server.Reload;
using Touchstone.Serving.Exposures;

namespace Touchstone.Server;

/// <summary>Composes the server of one workspace.</summary>
internal static partial class ServerHost
{
    private static readonly TimeSpan FinishRequestsWithin = TimeSpan.FromSeconds(30);

    /// <summary>Builds it; nothing listens before it is started.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="layout">Its workspace.</param>
    /// <param name="address">Address to listen on.</param>
    /// <param name="port">Port, 0 for any free one.</param>
    /// <param name="time">Clock.</param>
    public static WebApplication Build(ShopConfiguration shop, WorkspaceLayout layout, IPAddress address, int port, TimeProvider time)
    {
        // Empty: no environment variable and no file but shop.yaml changes what it does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical).AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = FinishRequestsWithin);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<SignalLifetime>().AddSingleton<IHostLifetime>(services => services.GetRequiredService<SignalLifetime>());
        var segments = new ExposureSegments(layout.Exposures, time);
        var loader = new WorkspaceLoader(shop, layout, time);
        builder.Services.AddSingleton(services => new LiveShop(loader.Load, () => WorkspaceStamp.Of(layout), time, services.GetRequiredService<ILogger<LiveShop>>()));
        builder.Services.AddSingleton(_ => new ExposureLog(segments.Open));
        builder.Services.AddSingleton(services => new SlateDesk(
            services.GetRequiredService<LiveShop>(), services.GetRequiredService<ExposureLog>(), shop, time));

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Problems.WriteFaultAsync });
        app.UseStatusCodePages(context => Problems.WriteStatusAsync(context.HttpContext));
        app.UseRouting();
        RecommendationsEndpoint.Map(app);
        SearchEndpoint.Map(app);
        HealthEndpoint.Map(app);
        foreach (var orphan in segments.SealOrphans()) LogOrphan(app.Logger, orphan);
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<LiveShop>().Watch);
        return app;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealed {Segment}, which a server that was killed had left open.")]
    private static partial void LogOrphan(ILogger log, string segment);
}
