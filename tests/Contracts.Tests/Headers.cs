using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Delegation.Contracts.Tests;

/// <summary>Adds the same headers to each call.</summary>
internal sealed class Headers(params (string Name, string Value)[] headers) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var all = new Metadata();
        foreach (var entry in context.Options.Headers ?? [])
            all.Add(entry);
        foreach (var (name, value) in headers)
            all.Add(name, value);

        return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(all)));
    }
}
