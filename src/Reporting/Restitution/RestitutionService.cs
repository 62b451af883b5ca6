using Delegation.Persistence.Access;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Api;
using Grpc.Core;

namespace Delegation.Reporting.Restitution;

/// <summary>The rpcs of <c>delegation.reporting.v1.Restitution</c>. What each means is in the contract.</summary>
internal sealed class RestitutionService(TenantSessions sessions, TimeProvider clock) : V1.Restitution.RestitutionBase
{
    public override async Task DownloadData(DownloadDataRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var selection = await SelectAsync(request, context);
        var archive = new DataArchive(sessions, context.Caller(), selection);
        await responseStream.SendAsync(
            context, $"data-{selection.Delegation.DelegationId}-{selection.AsOf:yyyy-MM-dd}.zip", "application/zip", archive.WriteAsync(context.CancellationToken));
    }

    private async Task<DataSelection> SelectAsync(DownloadDataRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var from = DayField.ReadOptional("from_day", request.FromDay, violations);
        var to = DayField.ReadOptional("to_day", request.ToDay, violations);
        var asOf = AsOf.Read(request.AsOf, violations);
        if (to < from)
            violations.Add(Period.EndsBeforeStart("to_day"));
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        return new DataSelection(delegation, from, to, asOf ?? clock.GetUtcNow().InMicroseconds());
    }
}
