using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Calls;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;

namespace Delegation.Gateway.Rest.Problems;

/// <summary>Makes a problem of a <c>google.rpc.Status</c>, whose texts are in the caller's language already.</summary>
internal static class RpcProblem
{
    public static Problem Of(Google.Rpc.Status status, RestCall call, string language, string? traceId)
    {
        var code = (StatusCode)status.Code;
        if (Detail<ErrorInfo>(status) is not { } info)
            return Of(CallErrors.Of(code).Details(language, traceId), call, language, traceId);

        var title = Detail<LocalizedMessage>(status);
        return new Problem(
            HttpStatus.Of(code, info.Reason),
            info.Reason,
            title?.Message ?? status.Message,
            title?.Locale ?? language,
            Detail<RequestInfo>(status)?.RequestId ?? traceId,
            [
                .. from violation in Detail<BadRequest>(status)?.FieldViolations ?? []
                   select new ProblemError(
                       violation.Field, call.PointerTo(violation.Field), violation.Reason, violation.LocalizedMessage?.Message ?? violation.Description),
                .. from violation in Detail<PreconditionFailure>(status)?.Violations ?? []
                   select new ProblemError(violation.Subject, null, violation.Type, violation.Description),
            ]);
    }

    private static T? Detail<T>(Google.Rpc.Status status)
        where T : class, IMessage<T>, new()
    {
        MessageDescriptor wanted = new T().Descriptor;
        return status.Details.FirstOrDefault(detail => detail.Is(wanted))?.Unpack<T>();
    }
}
