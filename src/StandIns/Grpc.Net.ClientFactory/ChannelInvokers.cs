using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>One channel, with its interceptors, for each name and type of client; they live as long as the application.</summary>
internal sealed class ChannelInvokers(
    IServiceScopeFactory scopes,
    IHttpMessageHandlerFactory handlers,
    IOptionsMonitor<GrpcClientFactoryOptions> optionsOfName,
    ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<(string Name, Type Client), CallInvoker> _invokers = new();
    private readonly Lock _creating = new();

    public CallInvoker Get(string name, Type client)
    {
        if (_invokers.TryGetValue((name, client), out var invoker)) return invoker;
        // Not in two threads at once: the channel of the loser would stay open. Reentrant, for an interceptor that needs another client.
        lock (_creating) return _invokers.GetOrAdd((name, client), key => Create(key.Name, key.Client));
    }

    private CallInvoker Create(string name, Type client)
    {
        // Interceptors of the channel come from a scope of their own, which lives as long as the channel.
        var scope = scopes.CreateScope();
        try
        {
            var options = optionsOfName.Get(name);
            var channelOptions = new GrpcChannelOptions
            {
                HttpHandler = handlers.CreateHandler(name),
                LoggerFactory = loggers,
                ServiceProvider = scope.ServiceProvider,
            };
            foreach (var configure in options.ChannelOptionsActions) configure(channelOptions);

            var address = options.Address ?? throw new InvalidOperationException(
                $"Could not resolve the address for gRPC client '{name}'. Set an address when registering the client: " +
                $"services.AddGrpcClient<{client.Name}>(o => o.Address = new Uri(\"https://localhost:5001\"))");
            if (options.HasCallCredentials) RefusePlainText(name, address, channelOptions);

            return GrpcChannel.ForAddress(address, channelOptions).CreateCallInvoker()
                .With(options.InterceptorRegistrations, InterceptorScope.Channel, scope.ServiceProvider);
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    // The client would drop the credentials without a word on a plain-text channel.
    private static void RefusePlainText(string name, Uri address, GrpcChannelOptions options)
    {
        var secure = address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme != Uri.UriSchemeHttp && options.Credentials == ChannelCredentials.SecureSsl);
        if (secure || options.UnsafeUseInsecureChannelCallCredentials) return;
        throw new InvalidOperationException(
            $"Call credential configured for gRPC client '{name}' requires TLS, and the client isn't configured to use TLS. " +
            $"Configure a TLS address, or set {nameof(GrpcChannelOptions.UnsafeUseInsecureChannelCallCredentials)} of the channel options.");
    }
}

/// <summary>Puts the interceptors of one scope before a call invoker.</summary>
internal static class InterceptorRegistrationExtensions
{
    internal static CallInvoker With(
        this CallInvoker invoker, IEnumerable<InterceptorRegistration> registrations, InterceptorScope scope, IServiceProvider services) =>
        invoker.Intercept([
            .. registrations.Where(registration => registration.Scope == scope).Select(registration => registration.Creator(services))]);
}
