using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Portfolio;

/// <summary>The rpcs of <c>delegation.delivery.v1.Portfolio</c>. What each means is in the contract.</summary>
internal sealed class PortfolioService(TenantSessions sessions, TimeProvider clock) : Delivery.V1.Portfolio.PortfolioBase
{
    public override async Task<ListPortfolioResponse> ListPortfolio(ListPortfolioRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var rows = await session.ListPortfolioAsync(asked, clock.GetUtcNow(), context.CancellationToken);
        var page = rows.ToPage(asked, row => new PageKey(default, row.DelegationId));

        return new ListPortfolioResponse { Entries = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }
}
