using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Access;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Delegation.Persistence.Access;

/// <summary>Lets a call through when its token holds and the contract lets its caller in; the method then finds the caller in the context.</summary>
internal sealed class AccessInterceptor(
    CallerToken token, AccessRules rules, Memberships memberships, SystemClients systemClients, Audits audits, AuditReadLog readLog) : Interceptor
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
        if (await AdmitAsync(context, request as IMessage) is not { } reading)
            return await continuation(request, context);

        // What is not written down is not read.
        var response = await continuation(request, context);
        await readLog.AppendAsync(reading, context.Method, (IMessage)request, context.CancellationToken);
        return response;
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
        if (await AdmitAsync(context, request as IMessage) is not { } reading)
        {
            await continuation(request, responseStream, context);
            return;
        }

        var answers = new AuditReadLog.Stream<TResponse>(
            responseStream, () => readLog.AppendAsync(reading, context.Method, (IMessage)request, context.CancellationToken));
        await continuation(request, answers, context);
        await answers.AppendOnceAsync();
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    /// <summary>Lets the call through, or throws; by which mission, where its caller is an auditor.</summary>
    private async Task<AuditReading?> AdmitAsync(ServerCallContext context, IMessage? request = null)
    {
        if (rules.Of(context.Method) is not { } rule)
            return null;

        var http = context.GetHttpContext();
        if (await token.RefusalAsync(http) is { } refusal)
            throw RpcErrors.Of(refusal);

        var person = new Person(http.User.FindFirst("iss")!.Value, http.User.FindFirst("sub")!.Value);
        var (caller, reading) = await CallerAsync(rule, person, http, context, request);
        context.Admit(person, caller);
        return reading;
    }

    private async Task<(Caller Caller, AuditReading? Reading)> CallerAsync(
        AccessRule rule, Person person, HttpContext http, ServerCallContext context, IMessage? request)
    {
        if (systemClients.Contains(http.User) && await OfPackAsync(context, request) is { } pack)
            return (pack.Caller, pack);

        if (systemClients.Contains(http.User))
            return (rule.System ? SystemClients.Caller : throw RpcErrors.PermissionDenied("MEMBERSHIP_REQUIRED", ForPeople), null);

        if (rule.AnonymousOrganization)
            return (Caller.WithoutOrganization(person.Id), null);

        if (!rule.AnyRole && rule.Roles.Count == 0)
            throw RpcErrors.PermissionDenied("SYSTEM_REQUIRED", ForServices);

        var (known, organization) = (await memberships.OfAsync(person, context.CancellationToken), context.RequestHeaders.GetValue("organization"));
        var reading = await ReadingAsync([.. Admission.Named(known, organization)], context, request);
        var member = reading?.Caller ?? Admission.Admit(rule, known, organization);
        // Tells a caller who named none which one it was for; and the gateway, which counts the calls of each organisation.
        http.Response.Headers["organization"] = member.OrganizationId.ToString();
        return (member, reading);
    }

    /// <summary>Null for whoever is no auditor, and for an auditor whom no mission lets in: a stranger, then.</summary>
    private async Task<AuditReading?> ReadingAsync(IReadOnlyList<Membership> memberships, ServerCallContext context, IMessage? request)
    {
        var subject = rules.SubjectOf(context.Method);
        if (subject == AuditSubject.Unspecified || memberships.Count == 0 || memberships.Any(membership => !membership.IsAuditor))
            return null;

        var open = await audits.OfAuditorAsync(memberships, Delegation(request), subject, context.CancellationToken);
        var named = context.RequestHeaders.GetValue(CallContext.AuditMission);
        return Admission.Chosen(named is null ? open : [.. open.Where(reading => reading.Caller.Auditing!.MissionId.ToString() == named)]);
    }

    /// <summary>Null for a service that does not read for an evidence pack, and where no mission lets that in.</summary>
    private async Task<AuditReading?> OfPackAsync(ServerCallContext context, IMessage? request) =>
        rules.SubjectOf(context.Method) is var subject && subject != AuditSubject.Unspecified
        && Guid.TryParseExact(context.RequestHeaders.GetValue(CallContext.AuditMission), "D", out var mission)
            ? await audits.OfPackAsync(mission, Delegation(request), subject, context.CancellationToken)
            : null;

    /// <summary>The delegation that a request names; null where it names none, and reads what it names by its own id.</summary>
    private static Guid? Delegation(IMessage? request) =>
        AccessRules.DelegationOf(request!.Descriptor)?.Accessor.GetValue(request) is string { Length: > 0 } named ? Guid.TryParseExact(named, "D", out var id) ? id : Guid.Empty : null;
}
