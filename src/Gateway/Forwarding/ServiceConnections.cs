using Yarp.ReverseProxy.Forwarder;

namespace Delegation.Gateway.Forwarding;

/// <summary>How the gateway connects to services: what YARP's own settings do not reach.</summary>
internal sealed class ServiceConnections : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);

        // A connection carries 100 calls at a time; the next caller opens another instead of queueing.
        handler.EnableMultipleHttp2Connections = true;
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        // A connection leads to one replica. Renewed, gracefully, it finds those that were added since.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        // A service that vanished without a word (power, network) is noticed while calls wait for it, streams among them.
        handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
    }
}
