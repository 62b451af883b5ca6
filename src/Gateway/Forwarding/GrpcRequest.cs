using System.Globalization;

namespace Delegation.Gateway.Forwarding;

/// <summary>What the gateway reads of a gRPC request: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests</summary>
internal static class GrpcRequest
{
    public const string ContentType = "application/grpc";

    /// <summary>
    /// True for <c>application/grpc</c> and <c>application/grpc+proto</c> over HTTP/2, false for <c>application/grpc-web</c>. Before
    /// HTTP/2 there are no trailers to carry a status.
    /// </summary>
    public static bool IsGrpc(this HttpRequest request) =>
        request.ContentType is { } type
        && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (type.Length == ContentType.Length || type[ContentType.Length] is '+' or ';')
        && !HttpProtocol.IsHttp11(request.Protocol);

    /// <summary>
    /// How long the caller waits: <c>grpc-timeout</c>, at most eight digits and a unit. Null when it is missing or malformed; what to do
    /// about the latter is for the service to say.
    /// </summary>
    public static TimeSpan? Timeout(this HttpRequest request) => ParseTimeout(request.Headers["grpc-timeout"]);

    internal static TimeSpan? ParseTimeout(string? value)
    {
        if (value is not { Length: >= 2 and <= 9 } || !long.TryParse(value.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return null;

        return value[^1] switch
        {
            'H' => new TimeSpan(amount * TimeSpan.TicksPerHour),
            'M' => new TimeSpan(amount * TimeSpan.TicksPerMinute),
            'S' => new TimeSpan(amount * TimeSpan.TicksPerSecond),
            'm' => new TimeSpan(amount * TimeSpan.TicksPerMillisecond),
            'u' => new TimeSpan(amount * TimeSpan.TicksPerMicrosecond),
            'n' => new TimeSpan(amount / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }
}
