using System.Net;
using Delegation.Identity.Tokens;

namespace Delegation.Identity.Clients;

/// <summary>Decides whether credentials are a client's own, and stops guessing.</summary>
internal sealed class ClientAuthentication(
    ClientRegistry clients, FailedAttempts failures, TimeProvider time, ILogger<ClientAuthentication> logger)
{
    /// <summary>The client, or why not. A wrong secret and an unknown id get the same answer.</summary>
    public (Client? Client, TokenError? Error) Authenticate(ClientCredentials credentials, IPAddress? caller)
    {
        // Unknown ids share one counter: a caller who invents them must not grow the table.
        var counted = clients.Knows(credentials.Id) ? credentials.Id : "(unknown)";

        // Asked before the secret is compared: otherwise the block would not stop a guess from succeeding.
        if (failures.BlockedUntil(caller, counted) is { } until)
        {
            logger.TooManyFailures(counted, until);
            return (null, TokenError.TooManyFailures(until - time.GetUtcNow()));
        }

        if (clients.Authenticate(credentials.Id, credentials.Secret) is { } client)
            return (client, null);

        failures.Add(caller, counted);
        if (clients.Knows(credentials.Id))
            logger.ClientRefused(counted);
        else
            logger.UnknownClientRefused();

        return (null, TokenError.InvalidClient("Unknown client or wrong secret."));
    }
}
