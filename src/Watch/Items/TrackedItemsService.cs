using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Impact;
using Delegation.Watch.Sources;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;
using Grpc.Core;

namespace Delegation.Watch.Items;

/// <summary>The rpcs of <c>delegation.watch.v1.TrackedItems</c>. What each means is in the contract.</summary>
internal sealed class TrackedItemsService(CommandRunner commands, ItemMoves moves, Assessing assessing, Deciding deciding, TenantSessions sessions, TimeProvider clock)
    : TrackedItems.TrackedItemsBase
{
    private const int ReadAtLength = 200;

    private static readonly FieldViolation TooMany = new(
        "details", "DETAILS_TOO_MANY", new("The item that all see says what it is.", "Le sujet commun dit déjà de quoi il s'agit."),
        new("Leave the details out, or the public_item_id.", "Laissez vides les éléments, ou le public_item_id."));

    public override Task<TrackedItem> TrackItem(TrackItemRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => TrackAsync(session, request, LanguageOf(context), cancellation));

    public override async Task<TrackedItem> GetTrackedItem(GetTrackedItemRequest request, ServerCallContext context)
    {
        var id = ItemId.Read(request.ItemId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindTrackedItemAsync(id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListTrackedItemsResponse> ListTrackedItems(ListTrackedItemsRequest request, ServerCallContext context)
    {
        var filter = TrackedItemFilter.Read(request);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = (await session.ListTrackedItemsAsync(filter, context.CancellationToken)).ToPage(filter.Page, item => item.PageKey);
        return new ListTrackedItemsResponse { Items = { page.Items.Select(item => item.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<TrackedItem> UpdateTrackedItem(UpdateTrackedItemRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => moves.UpdateAsync(session, request, cancellation));

    public override Task<TrackedItem> TriageItem(TriageItemRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => moves.TriageAsync(session, request, cancellation));

    public override Task<TrackedItem> AssessItem(AssessItemRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => assessing.AssessAsync(session, request, cancellation));

    public override Task<TrackedItem> DecideItem(DecideItemRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => deciding.DecideAsync(session, request, cancellation));

    private async Task<Outcome<TrackedItem>> TrackAsync(TenantSession session, TrackItemRequest request, string language, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var publicId = IdField.ReadOptional("public_item_id", request.PublicItemId, violations);
        if (publicId is not null && request.Details is not null)
            violations.Add(TooMany);
        var details = request.PublicItemId.Length == 0 || request.Details is not null ? ItemDetailsFields.Read(request.Details, violations) : null;
        var readAt = OptionalLine.Read("read_at", request.ReadAt, ReadAtLength, violations);
        var sourceId = IdField.ReadOptional("source_id", request.SourceId, violations);
        violations.RefuseIfAny();

        var source = sourceId is { } visited ? (await session.FindSourceAsync(visited, locking: true, cancellationToken)).ValueOrStatus() : null;
        if (publicId is { } taken)
        {
            var common = (await session.FindPublicItemAsync(taken, cancellationToken)).ValueOrStatus();
            (details, readAt) = (common.ToDetails(language), readAt!.Length > 0 ? readAt : common.Source);
        }

        var organization = session.Caller.OrganizationId;
        var at = new SeenAt(sourceId, source?.Name ?? readAt!, Mark: null);
        var item = await session.TrackAsync(organization, details!, publicId, at, clock, cancellationToken);
        if (source is not null)
            await session.UpdateSourceAsync(source with { FoundTime = clock.GetUtcNow().InMicroseconds() }, cancellationToken);
        await session.KeepTriageWorkAsync(organization, clock, cancellationToken);
        return new Outcome<TrackedItem>.Accepted(item.ToMessage());
    }

    private static string LanguageOf(ServerCallContext context) => Language.Of(context.RequestHeaders.GetValue("accept-language"));
}
