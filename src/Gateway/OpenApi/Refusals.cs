using System.Text.RegularExpressions;
using Delegation.Access.V1;
using Delegation.Gateway.Rest.Problems;
using Grpc.Core;

namespace Delegation.Gateway.OpenApi;

/// <summary>The errors that a method names, by HTTP status: the paragraph <c>Errors:</c> of its comment, and what the gateway and its access rule add.</summary>
internal static partial class Refusals
{
    /// <summary>The reasons of each status; an empty one for an error without a reason of its own.</summary>
    public static ILookup<int, string> Of(string comment, AccessRule? access) => Named(comment).Concat(ByTheGateway(access))
        .Select(error => (Status: HttpStatus.Of(error.Code, error.Reason), error.Reason))
        .Distinct().Order()
        .ToLookup(error => error.Status, error => error.Reason);

    private static IEnumerable<(StatusCode Code, string Reason)> Named(string comment) =>
        from paragraph in comment.Split("\n\n")
        where paragraph.StartsWith("Errors: ", StringComparison.Ordinal)
        from Match error in Error().Matches(paragraph)
        let code = Enum.Parse<StatusCode>(error.Groups["code"].Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
        from reason in Reason().Matches(error.Groups["reasons"].Value).Select(reason => reason.Value).DefaultIfEmpty("")
        select (code, reason);

    private static IEnumerable<(StatusCode Code, string Reason)> ByTheGateway(AccessRule? access)
    {
        // The gateway's own: a body, path or query that cannot be read.
        yield return (StatusCode.InvalidArgument, "REQUEST_MALFORMED");
        yield return (StatusCode.Unauthenticated, "TOKEN_MISSING");
        yield return (StatusCode.Unauthenticated, "TOKEN_INVALID");
        yield return (StatusCode.Unauthenticated, "TOKEN_EXPIRED");
        if (access is not ({ AnyRole: true } or { Roles.Count: > 0 }))
            yield break;
        yield return (StatusCode.FailedPrecondition, "ORGANIZATION_REQUIRED");
        yield return (StatusCode.PermissionDenied, "MEMBERSHIP_REQUIRED");
        if (!access.AnyRole)
            yield return (StatusCode.PermissionDenied, "ROLE_REQUIRED");
        if (access.Side != Side.Either)
            yield return (StatusCode.PermissionDenied, "SIDE_REQUIRED");
    }

    // A code, then its reasons in brackets, if it has any; what explains a reason may have brackets of its own.
    [GeneratedRegex(
        @"\b(?<code>INVALID_ARGUMENT|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|RESOURCE_EXHAUSTED|UNAVAILABLE)\b( \((?<reasons>([^()]|\([^()]*\))*)\))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Error();

    [GeneratedRegex(@"\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Reason();
}
