using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Delegation.ServiceDefaults.GrpcClients;

/// <summary>
/// In whose name a service calls another: while it serves a call, in that caller's, with their token, for the organisation and audit mission they named and in
/// their language; else in its own, with a token that it asks the issuer for.
/// </summary>
internal sealed class OutgoingToken(IHttpContextAccessor served, ServiceTokens own) : DelegatingHandler
{
    private static readonly string[] PassedOn = ["authorization", "organization", "audit-mission", "accept-language"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (served.HttpContext is { } call)
        {
            foreach (var name in PassedOn)
                if (call.Request.Headers.TryGetValue(name, out var value))
                    request.Headers.TryAddWithoutValidation(name, value.ToString());

            return await base.SendAsync(request, cancellationToken);
        }

        var token = await own.GetAsync(cancellationToken);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);

        // The issuer changed its keys before their time, as one does that keeps them in memory and restarts.
        if (response.Headers.NonValidated.TryGetValues("grpc-status", out var status) && status.ToString() == "16")
            own.Forget(token);

        return response;
    }
}
