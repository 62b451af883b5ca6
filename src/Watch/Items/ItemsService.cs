using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.Watch.V1;
using Grpc.Core;

namespace Delegation.Watch.Items;

/// <summary>The rpcs of <c>delegation.watch.v1.Items</c>. What each means is in the contract.</summary>
internal sealed class ItemsService(TenantSessions sessions, TimeProvider clock) : V1.Items.ItemsBase
{
    public override async Task<ListItemsResponse> ListItems(ListItemsRequest request, ServerCallContext context)
    {
        var filter = ItemFilter.Read(request, clock.GetUtcNow());
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = (await session.ListItemsAsync(filter, context.CancellationToken)).ToPage(filter.Page, item => item.PageKey);
        var language = Language.Of(context.RequestHeaders.GetValue("accept-language"));

        return new ListItemsResponse { Items = { page.Items.Select(item => item.ToMessage(language)) }, NextPageToken = page.NextPageToken };
    }
}
