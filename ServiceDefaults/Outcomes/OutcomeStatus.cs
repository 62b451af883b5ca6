using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Outcomes;

/// <summary>The one table from outcomes to gRPC status.</summary>
public static class OutcomeStatus
{
    private static readonly LocalizedText InvalidFields = new(
        "The request has fields that break rules; each is listed with what to do.",
        "La requête contient des champs qui enfreignent des règles ; chacun est indiqué avec la correction à apporter.");

    private static readonly LocalizedText ChangedMeanwhile = new(
        "Somebody changed it after you read it. Read it again and decide anew.",
        "Un changement a eu lieu depuis votre lecture. Relisez, puis décidez à nouveau.");

    /// <summary>The value of an accepted outcome; any other leaves the call with its status.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT (INVALID_FIELDS), ABORTED (ETAG_STALE); NOT_FOUND, FAILED_PRECONDITION and ALREADY_EXISTS with the outcome's reason.
    /// </exception>
    public static T ValueOrStatus<T>(this Outcome<T> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Match(
            accepted => accepted.Value,
            invalid => throw RpcErrors.InvalidArgument("INVALID_FIELDS", InvalidFields, invalid.Violations),
            notFound => throw RpcErrors.NotFound(notFound.Reason, notFound.Message),
            refused => throw RpcErrors.FailedPrecondition(refused.Reason, refused.Message, refused.Conditions),
            stale => throw RpcErrors.Aborted("ETAG_STALE", ChangedMeanwhile),
            conflict => throw RpcErrors.AlreadyExists(conflict.Reason, conflict.Message));
    }
}
