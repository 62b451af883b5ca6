using System.Data.Common;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Errors;

/// <summary>What a caller is told when a method fails instead of refusing: which kind of failure, never its text.</summary>
internal static class Failures
{
    public static readonly Refusal Internal = new(StatusCode.Internal, "INTERNAL", new LocalizedText(
        "Something went wrong on our side. It has been logged under the request id.",
        "Une erreur est survenue de notre côté. Elle est enregistrée sous l'identifiant de la requête."));

    public static readonly Refusal DeadlineExceeded = new(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", new LocalizedText(
        "The answer was not ready in the time that the call allowed.",
        "La réponse n'était pas prête dans le délai accordé à l'appel."));

    public static readonly Refusal Cancelled = new(StatusCode.Cancelled, "CANCELLED", new LocalizedText(
        "The caller cancelled the call.",
        "L'appelant a annulé l'appel."));

    private static readonly Refusal MethodUnknown = new(StatusCode.Unimplemented, "METHOD_UNKNOWN", new LocalizedText(
        "There is no such method here.",
        "Il n'y a pas de méthode de ce nom ici."));

    private static readonly Refusal DatabaseUnavailable = new(StatusCode.Unavailable, "DATABASE_UNAVAILABLE", new LocalizedText(
        "The database cannot be reached at the moment. Try again shortly.",
        "La base de données est momentanément inaccessible. Réessayez dans un instant."));

    private static readonly Refusal DependencyUnavailable = new(StatusCode.Unavailable, "SERVICE_UNAVAILABLE", new LocalizedText(
        "A service that this one needs cannot be reached at the moment. Try again shortly.",
        "Un service nécessaire est momentanément inaccessible. Réessayez dans un instant."));

    private static readonly Refusal Concurrent = new(StatusCode.Aborted, "CONCURRENT_TRANSACTIONS", new LocalizedText(
        "Another operation on the same data came first. Try again.",
        "Une autre opération sur les mêmes données est passée avant. Réessayez."));

    private static readonly Refusal TooLarge = new(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", new LocalizedText(
        "A message is larger than allowed.",
        "Un message dépasse la taille autorisée."));

    /// <summary>The failure that <paramref name="exception"/> stands for.</summary>
    public static Refusal Of(Exception exception) => exception switch
    {
        // serialization_failure, deadlock_detected: the transaction was fine, its neighbour was in the way.
        DbException { SqlState: "40001" or "40P01" } => Concurrent,
        DbException database when IsOutage(database) => DatabaseUnavailable,
        // Generated code throws it, without a text, for a method that the service does not override; an answer of another service has one.
        RpcException { StatusCode: StatusCode.Unimplemented, Status.Detail: "" } => MethodUnknown,
        RpcException { StatusCode: StatusCode.Unavailable } => DependencyUnavailable,
        RpcException { StatusCode: StatusCode.DeadlineExceeded } => DeadlineExceeded,
        // Read from a stream of the caller, or answered by another service.
        RpcException { StatusCode: StatusCode.ResourceExhausted } => TooLarge,
        _ => Internal,
    };

    // Transient are lost connections, timeouts and a full server; class 57 is an operator, or a limit, that ended the statement.
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static bool IsOutage(DbException exception) =>
        exception.IsTransient || exception.SqlState?.StartsWith("57", StringComparison.Ordinal) == true;
}
