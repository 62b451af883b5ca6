using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Delegation.ServiceDefaults.Listening;

/// <summary>
/// The ports of a process: <c>GRPC_PORT</c> speaks HTTP/2 without TLS, <c>HTTP_PORT</c> HTTP/1.1. Two, because without TLS there is no
/// negotiation and Kestrel cannot offer both on one. With neither set, Kestrel's own settings apply.
/// </summary>
internal static class ListeningExtensions
{
    public static void AddListening(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A caller that vanished without a word (power, network) would otherwise hold its streams open for ever.
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            Listen(kestrel, configuration, "GRPC_PORT", HttpProtocols.Http2);
            Listen(kestrel, configuration, "HTTP_PORT", HttpProtocols.Http1);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, IConfiguration configuration, string setting, HttpProtocols protocols)
    {
        if (configuration[setting] is not { Length: > 0 } text)
            return;
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new InvalidOperationException($"The setting {setting} is '{text}'; it must be a port number.");

        var address = configuration["BIND_ADDRESS"];
        switch (address)
        {
            case null or "" or "localhost" when port == 0:
                // "Any free port" cannot mean the same number on both loopback addresses.
                kestrel.Listen(IPAddress.Loopback, port, options => options.Protocols = protocols);
                break;
            case null or "" or "localhost":
                kestrel.ListenLocalhost(port, options => options.Protocols = protocols);
                break;
            case "any":
                kestrel.ListenAnyIP(port, options => options.Protocols = protocols);
                break;
            default:
                throw new InvalidOperationException($"The setting BIND_ADDRESS is '{address}'; it must be 'localhost' or 'any'.");
        }
    }
}
