using Grpc.Core;

namespace Delegation.ServiceDefaults.Errors;

/// <summary>
/// The refusals that a gRPC method answers with, after https://google.aip.dev/193 : throw one, and the caller gets the status, a reason for
/// programs and texts in the language it asked for. Anything else that a method throws counts as a failure of ours and keeps its text.
/// </summary>
public static class RpcErrors
{
    /// <summary>Who defines the reasons: <c>ErrorInfo.domain</c> of every error.</summary>
    public const string Domain = "delegation";

    /// <summary>The request breaks rules, whatever the state of things: INVALID_ARGUMENT with all broken rules at once.</summary>
    public static RpcException InvalidArgument(string reason, LocalizedText message, params IEnumerable<FieldViolation> violations) =>
        new RefusedException(new Refusal(StatusCode.InvalidArgument, reason, message, [.. violations]));

    /// <summary>There is no such thing, or none that the caller may know of: NOT_FOUND.</summary>
    public static RpcException NotFound(string reason, LocalizedText message) => Refuse(StatusCode.NotFound, reason, message);

    /// <summary>There is one already: ALREADY_EXISTS.</summary>
    public static RpcException AlreadyExists(string reason, LocalizedText message) => Refuse(StatusCode.AlreadyExists, reason, message);

    /// <summary>Not in this state of things, so repeating it does not help: FAILED_PRECONDITION with what would have to be so.</summary>
    public static RpcException FailedPrecondition(string reason, LocalizedText message, params IEnumerable<UnmetCondition> conditions) =>
        new RefusedException(new Refusal(StatusCode.FailedPrecondition, reason, message) { Conditions = [.. conditions] });

    /// <summary>Somebody else changed it meanwhile, so read again and decide anew: ABORTED.</summary>
    public static RpcException Aborted(string reason, LocalizedText message) => Refuse(StatusCode.Aborted, reason, message);

    /// <summary>The caller may not do this, and learns nothing else: PERMISSION_DENIED.</summary>
    public static RpcException PermissionDenied(string reason, LocalizedText message) => Refuse(StatusCode.PermissionDenied, reason, message);

    /// <summary>A refusal that somebody else decided on.</summary>
    public static RpcException Of(Refusal refusal) => new RefusedException(refusal);

    /// <summary>
    /// What another service refused the caller in whose name it was asked: the same status, reason and words. What is none of the platform's
    /// refusals comes back as it is, and counts as a failure.
    /// </summary>
    public static RpcException PassOn(RpcException refused) => Refusal.Read(refused) is { } refusal ? new RefusedException(refusal) : refused;

    private static RefusedException Refuse(StatusCode status, string reason, LocalizedText message) =>
        new(new Refusal(status, reason, message));
}
