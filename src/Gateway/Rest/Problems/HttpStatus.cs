using Grpc.Core;

namespace Delegation.Gateway.Rest.Problems;

/// <summary>
/// The HTTP status of an error: the table of https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto , with two deviations
/// for versioned objects, told by the reason and not guessed: a stale etag is 412 and a missing one 428, as HTTP has it
/// (https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1, https://www.rfc-editor.org/rfc/rfc6585#section-3).
/// </summary>
internal static class HttpStatus
{
    public static int Of(StatusCode status, string reason) => (status, reason) switch
    {
        (StatusCode.Aborted, "ETAG_STALE") => StatusCodes.Status412PreconditionFailed,
        (StatusCode.FailedPrecondition, "ETAG_REQUIRED") => StatusCodes.Status428PreconditionRequired,
        _ => Of(status),
    };

    private static int Of(StatusCode status) => status switch
    {
        StatusCode.OK => StatusCodes.Status200OK,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
