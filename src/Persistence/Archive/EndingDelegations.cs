using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Npgsql;

namespace Delegation.Persistence.Archive;

/// <summary>Says why a command is not taken on a delegation that ends or has ended: the journal refuses its entry, whatever the command is.</summary>
internal sealed class EndingDelegations : Interceptor
{
    /// <summary>What the journal raises, and how it is answered.</summary>
    private static readonly Dictionary<string, (string Reason, LocalizedText Text)> Refusals = new()
    {
        ["DG001"] = ("DELEGATION_FROZEN", new(
            "This delegation is frozen because it ends; it can only be read.", "Cette délégation est gelée car elle prend fin ; elle ne peut plus qu'être lue.")),
        ["DG002"] = ("DELEGATION_CLOSED", new(
            "This delegation is closed; it can only be read.", "Cette délégation est close ; elle ne peut plus qu'être lue.")),
    };

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (PostgresException refusal) when (Refusals.ContainsKey(refusal.SqlState))
        {
            throw Refused(refusal);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (PostgresException refusal) when (Refusals.ContainsKey(refusal.SqlState))
        {
            throw Refused(refusal);
        }
    }

    private static RpcException Refused(PostgresException refusal)
    {
        var (reason, text) = Refusals[refusal.SqlState];
        return RpcErrors.FailedPrecondition(reason, text);
    }
}
