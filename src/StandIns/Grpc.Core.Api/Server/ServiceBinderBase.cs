namespace Grpc.Core;

/// <summary>Takes the methods that a generated service announces; a server derives from it.</summary>
/// <remarks>Each overload refuses until the server overrides it, as in the real package.</remarks>
public class ServiceBinderBase
{
    /// <summary>Takes a unary method.</summary>
    /// <typeparam name="TRequest">Request message type.</typeparam>
    /// <typeparam name="TResponse">Response message type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is created per call.</param>
    /// <exception cref="NotSupportedException">The server does not take this kind of method.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotSupportedException($"This server does not take the unary method {method.FullName}.");

    /// <summary>Takes a client streaming method.</summary>
    /// <typeparam name="TRequest">Request message type.</typeparam>
    /// <typeparam name="TResponse">Response message type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is created per call.</param>
    /// <exception cref="NotSupportedException">The server does not take this kind of method.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotSupportedException($"This server does not take the client streaming method {method.FullName}.");

    /// <summary>Takes a server streaming method.</summary>
    /// <typeparam name="TRequest">Request message type.</typeparam>
    /// <typeparam name="TResponse">Response message type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is created per call.</param>
    /// <exception cref="NotSupportedException">The server does not take this kind of method.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotSupportedException($"This server does not take the server streaming method {method.FullName}.");

    /// <summary>Takes a duplex streaming method.</summary>
    /// <typeparam name="TRequest">Request message type.</typeparam>
    /// <typeparam name="TResponse">Response message type.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it; null when the service is created per call.</param>
    /// <exception cref="NotSupportedException">The server does not take this kind of method.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class =>
        throw new NotSupportedException($"This server does not take the duplex streaming method {method.FullName}.");
}
