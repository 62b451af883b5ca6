using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>Makes clients over shared channels, from the services of the scope that asks.</summary>
internal sealed class DefaultGrpcClientFactory(
    IServiceProvider services, ChannelInvokers channels, IOptionsMonitor<GrpcClientFactoryOptions> optionsOfName) : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        if (services.GetService<ClientConstructor<TClient>>() is not { } constructor)
        {
            throw new InvalidOperationException($"No gRPC client configured with name '{name}'.");
        }

        var options = optionsOfName.Get(name);
        var invoker = channels.Get(name, typeof(TClient)).With(options.InterceptorRegistrations, InterceptorScope.Client, services);
        if (options.CallOptionsActions.Count > 0) invoker = new CallOptionsInvoker(invoker, options.CallOptionsActions, services);

        return options.Creator is { } create ? Checked<TClient>(create(invoker)) : constructor.Create(services, invoker);
    }

    private static TClient Checked<TClient>(object? created)
        where TClient : class => created switch
    {
        TClient client => client,
        null => throw new InvalidOperationException("A null instance was returned by the configured client creator."),
        _ => throw new InvalidOperationException(
            $"The configured client creator returned a {created.GetType().FullName}, which is no {typeof(TClient).FullName}."),
    };
}

/// <summary>The constructor of a client that takes a call invoker, found once.</summary>
internal sealed class ClientConstructor<TClient>
    where TClient : class
{
    private readonly ObjectFactory<TClient> _create = ActivatorUtilities.CreateFactory<TClient>([typeof(CallInvoker)]);

    public TClient Create(IServiceProvider services, CallInvoker invoker) => _create(services, [invoker]);
}
