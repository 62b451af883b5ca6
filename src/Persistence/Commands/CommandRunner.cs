using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Persistence.Commands;

/// <summary>
/// The one way to run a command: in one transaction, and once for each request_id of a caller. What is not accepted is not committed,
/// so a refused command writes nothing and its retry is decided anew.
/// </summary>
/// <param name="sessions">Open the transaction.</param>
/// <param name="clock">Says when an answer was first given.</param>
public sealed class CommandRunner(TenantSessions sessions, TimeProvider clock)
{
    private static readonly LocalizedText KeyReused = new(
        "This request_id came with another request before. Give each new request an id of its own.",
        "Ce request_id a déjà accompagné une autre requête. Donnez à chaque nouvelle requête un identifiant qui lui est propre.");

    /// <summary>Runs the command of an rpc for whoever called it; the rest is as below.</summary>
    /// <param name="request">The message that was received; it has a string field <c>request_id</c>.</param>
    /// <param name="context">The call.</param>
    /// <param name="command">Loads and locks its object, decides, and saves what was decided: object and journal entry.</param>
    public Task<TResponse> RunAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext context, Func<TenantSession, CancellationToken, Task<Outcome<TResponse>>> command)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>, new() =>
        RunAsync(context.Caller(), request, context.Method, command, context.CancellationToken);

    /// <summary>Runs a command, or answers as it was answered the first time.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="request">The message that was received; it has a string field <c>request_id</c>.</param>
    /// <param name="method">The rpc: a request_id counts per method.</param>
    /// <param name="command">Loads and locks its object, decides, and saves what was decided: object and journal entry.</param>
    /// <param name="cancellationToken">Ends it. Whether the command took effect is then unknown; a retry with the same request_id tells.</param>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT (INVALID_FIELDS with REQUEST_ID_MALFORMED), ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED), and what the outcome stands for.
    /// </exception>
    public async Task<TResponse> RunAsync<TRequest, TResponse>(
        Caller caller,
        TRequest request,
        string method,
        Func<TenantSession, CancellationToken, Task<Outcome<TResponse>>> command,
        CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>, new()
    {
        var key = RequestKey.Of(request).ValueOrStatus();
        await using var session = await sessions.OpenAsync(caller, cancellationToken);

        if (key is not null && await session.FindAnswerAsync(method, key, cancellationToken) is { } first)
            return Replay<TResponse>(first, key).ValueOrStatus();

        var response = (await command(session, cancellationToken)).ValueOrStatus();
        if (key is not null)
            await session.KeepAnswerAsync(method, key, response.ToByteArray(), clock.GetUtcNow(), cancellationToken);

        await session.CommitAsync(cancellationToken);
        return response;
    }

    private static Outcome<TResponse> Replay<TResponse>(KeptAnswer first, RequestKey key)
        where TResponse : class, IMessage<TResponse>, new() =>
        first.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
            ? new Outcome<TResponse>.Accepted(new MessageParser<TResponse>(() => new TResponse()).ParseFrom(first.Answer))
            : new Outcome<TResponse>.Conflict("IDEMPOTENCY_KEY_REUSED", KeyReused);
}
