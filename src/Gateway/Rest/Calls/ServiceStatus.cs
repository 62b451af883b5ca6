using System.Globalization;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>How a service ended a call: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses</summary>
internal static class ServiceStatus
{
    /// <summary>The status in the headers of an answer without a body ("Trailers-Only"); null when it is still to come.</summary>
    public static Google.Rpc.Status? InHeaders(HttpResponseMessage response) =>
        response.Headers.NonValidated.Contains("grpc-status") ? Read(name => Header(response.Headers, name)) : null;

    /// <summary>The status after the last message.</summary>
    public static Google.Rpc.Status InTrailers(HttpResponseMessage response) => Read(name => Header(response.TrailingHeaders, name));

    private static string? Header(System.Net.Http.Headers.HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static Google.Rpc.Status Read(Func<string, string?> header)
    {
        // No status at all: the service broke off.
        if (!int.TryParse(header("grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            return new Google.Rpc.Status { Code = (int)StatusCode.Unavailable };
        if (code != 0 && header(Refusal.DetailsTrailer) is { } details && Details(details) is { } status && status.Code == code)
            return status;
        return new Google.Rpc.Status { Code = code };
    }

    private static Google.Rpc.Status? Details(string base64)
    {
        try
        {
            // gRPC allows the padding to be left out.
            return Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
