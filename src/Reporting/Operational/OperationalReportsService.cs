using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Reporting.Operational;

/// <summary>The rpcs of <c>delegation.reporting.v1.OperationalReports</c>. What each means is in the contract.</summary>
internal sealed class OperationalReportsService(TenantSessions sessions) : OperationalReports.OperationalReportsBase
{
    public override async Task<OperationalReport> GetOperationalReport(GetOperationalReportRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var period = Period.Read(request.PeriodStartDay, request.PeriodEndDay, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        return await session.ReportAsync(delegation, period!, context.CancellationToken);
    }
}
