using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;

namespace Delegation.Gateway.Events;

/// <summary>For which organisation somebody reads events: whoever may list the members of an organisation belongs to it.</summary>
internal sealed class Reader(Members.MembersClient members)
{
    /// <summary>The organisation, as Contracts says it in its answer's header.</summary>
    /// <exception cref="RpcException">The caller belongs to none, or has to name one, or Contracts cannot say.</exception>
    public async Task<string> OrganizationAsync(HttpContext context)
    {
        var language = new Metadata { { "accept-language", Language.Of(context.Request.Headers.AcceptLanguage) } };
        using var call = members.ListMembersAsync(new ListMembersRequest { PageSize = 1 }, language, cancellationToken: context.RequestAborted);
        var headers = await call.ResponseHeadersAsync;
        await call.ResponseAsync;
        return headers.GetValue("organization") ?? throw new RpcException(new Status(StatusCode.Internal, "Contracts did not say for which organisation it answered."));
    }
}
