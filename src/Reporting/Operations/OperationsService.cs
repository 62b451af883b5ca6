using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Reporting.Operations;

/// <summary>The rpcs of <c>delegation.reporting.v1.Operations</c>. What each means is in the contract.</summary>
internal sealed class OperationsService(TenantSessions sessions) : V1.Operations.OperationsBase
{
    private const int LongestReference = 64;

    public override async Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context)
    {
        var filter = OperationFilter.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(filter.DelegationId, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListOperationsAsync(delegation, filter, context.CancellationToken);
        return new ListOperationsResponse { Operations = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<ListOperationVersionsResponse> ListOperationVersions(ListOperationVersionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var reference = TextField.ReadLine("reference", request.Reference, LongestReference, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListVersionsAsync(delegation, reference!, asked, context.CancellationToken);
        return new ListOperationVersionsResponse { Versions = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<OperationCounts> GetOperationCounts(GetOperationCountsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("delegation_id", request.DelegationId, violations);
        var period = Period.Read(request.PeriodStartDay, request.PeriodEndDay, violations);
        var asOf = AsOf.Read(request.AsOf, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id!.Value, context.CancellationToken)).ValueOrStatus();
        var groups = await session.CountAsync(delegation, period!, asOf, context.CancellationToken);
        var (total, kinds) = Counting.Count(groups);
        return new OperationCounts
        {
            DelegationId = request.DelegationId,
            PeriodStartDay = request.PeriodStartDay,
            PeriodEndDay = request.PeriodEndDay,
            Total = total,
            Kinds = { kinds },
            LastImportId = groups[0].LastImportId?.ToString() ?? "",
            CoveredToDay = DayField.Write(groups[0].CoveredToDay),
        };
    }
}
