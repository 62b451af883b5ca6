using System.Diagnostics;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Telemetry;

/// <summary>The attributes of a gRPC call's span: https://opentelemetry.io/docs/specs/semconv/rpc/grpc/ </summary>
internal static class GrpcSpan
{
    /// <summary>Names the span after the called method, given as <c>/package.Service/Method</c>.</summary>
    public static void Describe(Activity span, string path)
    {
        var name = path.TrimStart('/');
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        span.DisplayName = name;
        span.SetTag("rpc.system", "grpc");
        span.SetTag("rpc.service", slash < 0 ? name : name[..slash]);
        span.SetTag("rpc.method", slash < 0 ? null : name[(slash + 1)..]);
        // What the gRPC library calls it.
        span.SetTag("grpc.method", null);
        span.SetTag("grpc.status_code", null);
    }

    /// <summary>Notes the outcome of the call.</summary>
    public static void SetStatus(Activity span, int status, bool isError)
    {
        span.SetTag("rpc.grpc.status_code", status);
        if (isError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Whether the server is to blame; a refusal is a proper answer.</summary>
    public static bool IsServerFault(int status) => (StatusCode)status is
        StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented or
        StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
