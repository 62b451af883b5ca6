using Grpc.Core.Interceptors;

namespace Grpc.Net.ClientFactory;

/// <summary>An interceptor to be made for a channel or for a client.</summary>
/// <param name="scope">Which of the two.</param>
/// <param name="creator">Makes it from the services of that scope.</param>
public class InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
{
    /// <summary>Whether it is made for the channel or for each client.</summary>
    public InterceptorScope Scope { get; } = scope;

    /// <summary>Makes it from the services of its scope.</summary>
    public Func<IServiceProvider, Interceptor> Creator { get; } = creator;
}

/// <summary>How long an interceptor lives.</summary>
public enum InterceptorScope
{
    /// <summary>Made once, shared by all clients of the name.</summary>
    Channel,

    /// <summary>Made for each client, from the scope that resolves it.</summary>
    Client,
}
