using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Npgsql;

namespace Delegation.Persistence.Archive;

/// <summary>Says why a command is not taken on a delegation that is frozen: the journal refuses its entry, whatever the command is.</summary>
internal sealed class FrozenDelegations : Interceptor
{
    private const string SqlState = "DG001";

    private static readonly LocalizedText Frozen = new(
        "This delegation is frozen because it ends; it can only be read.", "Cette délégation est gelée car elle prend fin ; elle ne peut plus qu'être lue.");

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (PostgresException refusal) when (refusal.SqlState == SqlState)
        {
            throw Refused();
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (PostgresException refusal) when (refusal.SqlState == SqlState)
        {
            throw Refused();
        }
    }

    private static RpcException Refused() => RpcErrors.FailedPrecondition("DELEGATION_FROZEN", Frozen);
}
