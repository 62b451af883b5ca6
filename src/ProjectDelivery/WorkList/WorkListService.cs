using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Grpc.Core;

namespace Delegation.ProjectDelivery.WorkList;

/// <summary>The rpcs of <c>delegation.delivery.v1.WorkList</c>. What each means is in the contract.</summary>
internal sealed class WorkListService(TenantSessions sessions, TimeProvider clock) : Delivery.V1.WorkList.WorkListBase
{
    public override async Task<ListWorkItemsResponse> ListWorkItems(ListWorkItemsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.ReadOptional("delegation_id", request.DelegationId, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = await session.ListWorkItemsAsync(context.Person(), delegationId, request.IncludeOthers, asked, context.CancellationToken);
        var (language, now) = (Language.Of(context.RequestHeaders.GetValue("accept-language")), clock.GetUtcNow());

        return new ListWorkItemsResponse { WorkItems = { page.Items.Select(item => item.ToMessage(language, now)) }, NextPageToken = page.NextPageToken };
    }
}
