namespace Grpc.Core.Interceptors;

/// <summary>What an interceptor of a client knows of a call.</summary>
/// <typeparam name="TRequest">Request message type.</typeparam>
/// <typeparam name="TResponse">Response message type.</typeparam>
/// <param name="method">The method to call.</param>
/// <param name="host">The host to name instead of the channel's, or null.</param>
/// <param name="options">Headers, deadline and the like.</param>
public struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method to call.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The host to name instead of the channel's, or null.</summary>
    public string? Host { get; } = host;

    /// <summary>Headers, deadline and the like.</summary>
    public CallOptions Options { get; } = options;
}
