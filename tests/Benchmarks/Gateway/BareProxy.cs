using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Benchmarks.Gateway;

/// <summary>YARP as its documentation starts it, with one route for everything: what the gateway's own work is measured against.</summary>
internal static class BareProxy
{
    public const string Command = "serve-bare-yarp";

    /// <summary>Its idle threads wait as .NET lets them, as those of the gateway do, and not as this repository sets it for services (the number is hexadecimal).</summary>
    public static Dictionary<string, string> Environment => new() { ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "46" };

    public static async Task RunAsync(string port, string destination)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "all", Match = new RouteMatch { Path = "/{**path}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "all",
                    Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = destination } },
                    HttpRequest = new ForwarderRequestConfig { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact },
                },
            ]);

        await using var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
    }
}
