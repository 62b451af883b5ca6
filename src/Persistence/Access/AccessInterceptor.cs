using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Access;
using Delegation.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Delegation.Persistence.Access;

/// <summary>Lets a call through when its token holds and the contract lets its caller in; the method then finds the caller in the context.</summary>
internal sealed class AccessInterceptor(CallerToken token, AccessRules rules, Memberships memberships, SystemClients systemClients) : Interceptor
{
    private static readonly LocalizedText ForServices = new(
        "This call is for the platform's own services.",
        "Cet appel est réservé aux services de la plateforme.");

    private static readonly LocalizedText ForPeople = new(
        "This call is for people who act for an organisation.",
        "Cet appel est réservé aux personnes qui agissent pour un organisme.");

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async Task AdmitAsync(ServerCallContext context)
    {
        if (rules.Of(context.Method) is not { } rule)
            return;

        var http = context.GetHttpContext();
        if (await token.RefusalAsync(http) is { } refusal)
            throw RpcErrors.Of(refusal);

        var person = new Person(http.User.FindFirst("iss")!.Value, http.User.FindFirst("sub")!.Value);
        context.Admit(person, await CallerAsync(rule, person, http, context));
    }

    private async Task<Caller> CallerAsync(AccessRule rule, Person person, HttpContext http, ServerCallContext context)
    {
        if (systemClients.Contains(http.User))
            return rule.System ? SystemClients.Caller : throw RpcErrors.PermissionDenied("MEMBERSHIP_REQUIRED", ForPeople);

        if (rule.AnonymousOrganization)
            return Caller.WithoutOrganization(person.Id);

        if (!rule.AnyRole && rule.Roles.Count == 0)
            throw RpcErrors.PermissionDenied("SYSTEM_REQUIRED", ForServices);

        var member = Admission.Admit(rule, await memberships.OfAsync(person, context.CancellationToken), context.RequestHeaders.GetValue("organization"));
        // Tells a caller who named none which one it was for; and the gateway, which counts the calls of each organisation.
        http.Response.Headers["organization"] = member.OrganizationId.ToString();
        return member;
    }
}
