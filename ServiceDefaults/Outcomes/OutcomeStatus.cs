using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Outcomes;

/// <summary>The one table from outcomes to gRPC status.</summary>
public static class OutcomeStatus
{
    private static readonly LocalizedText InvalidFields = new(
        "The request has fields that break rules; each is listed with what to do.",
        "La requête contient des champs qui enfreignent des règles ; chacun est indiqué avec la correction à apporter.");

    /// <summary>The value of an accepted outcome; any other leaves the call with its status.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT (INVALID_FIELDS), NOT_FOUND (the outcome's reason).</exception>
    public static T ValueOrStatus<T>(this Outcome<T> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Match(
            accepted => accepted.Value,
            invalid => throw RpcErrors.InvalidArgument("INVALID_FIELDS", InvalidFields, invalid.Violations),
            notFound => throw RpcErrors.NotFound(notFound.Reason, notFound.Message));
    }
}
