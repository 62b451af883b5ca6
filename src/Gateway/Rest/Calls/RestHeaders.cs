using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Delegation.Gateway.Rest.Calls;

/// <summary>Makes the request that YARP sends a gRPC request. Of a caller's headers only those go on that mean something to a service.</summary>
internal static class RestHeaders
{
    public const string Organization = "X-Organization";

    /// <summary>For auditors who have several missions.</summary>
    private const string AuditMission = "X-Audit-Mission";

    private static readonly HashSet<string> Passed = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Authorization, HeaderNames.AcceptLanguage, HeaderNames.UserAgent, HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Baggage,
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix",
    };

    public static ValueTask ApplyAsync(RequestTransformContext sent)
    {
        if (RestCall.Of(sent.HttpContext) is not { } call)
            return ValueTask.CompletedTask;

        var request = sent.ProxyRequest;
        request.Method = HttpMethod.Post;
        request.RequestUri = RequestUtilities.MakeDestinationAddress(sent.DestinationPrefix, call.Binding.GrpcPath, QueryString.Empty);
        foreach (var (name, values) in request.Headers.NonValidated.ToArray())
            // Anything but ASCII cannot be sent on.
            if (!Passed.Contains(name) || values.Any(value => !Ascii.IsValid(value)))
                request.Headers.Remove(name);
        request.Headers.TE.ParseAdd("trailers");
        if (sent.HttpContext.Request.Headers.TryGetValue(Organization, out var organization))
            request.Headers.TryAddWithoutValidation("organization", organization.ToString());
        if (sent.HttpContext.Request.Headers.TryGetValue(AuditMission, out var mission) && Ascii.IsValid(mission.ToString()))
            request.Headers.TryAddWithoutValidation("audit-mission", mission.ToString());
        if (call.Timeout is { } timeout)
            request.Headers.TryAddWithoutValidation("grpc-timeout", string.Create(CultureInfo.InvariantCulture, $"{(long)timeout.TotalMilliseconds}m"));

        request.Content!.Headers.Clear();
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/grpc");
        return ValueTask.CompletedTask;
    }
}
