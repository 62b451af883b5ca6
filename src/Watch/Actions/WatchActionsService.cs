using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.Items;
using Delegation.Watch.Triage;
using Delegation.Watch.V1;
using Google.Protobuf;
using Grpc.Core;
using State = Delegation.Watch.V1.WatchAction.Types.State;

namespace Delegation.Watch.Actions;

/// <summary>The rpcs of <c>delegation.watch.v1.WatchActions</c>. What each means is in the contract.</summary>
internal sealed class WatchActionsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : WatchActions.WatchActionsBase
{
    private const int TitleLength = 200;
    private const int NoteLength = 1000;

    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose OPEN, DONE or DROPPED, or nothing for all.", "Choisissez OPEN (à faire), DONE (faite) ou DROPPED (abandonnée), ou rien pour toutes."));

    public override Task<WatchAction> OpenWatchAction(OpenWatchActionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => OpenAsync(session, request, cancellation));

    public override async Task<WatchAction> GetWatchAction(GetWatchActionRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("action_id", request.ActionId, violations);
        var delegationId = DelegationId.Read(request.DelegationId, violations);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindActionAsync(delegation.Parties, id!.Value, locking: false, context.CancellationToken)).ValueOrStatus().ToMessage(clock.GetUtcNow());
    }

    public override async Task<ListWatchActionsResponse> ListWatchActions(ListWatchActionsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var state = request.State.StoredIfKnown();
        if (state is null && request.State != State.Unspecified)
            violations.Add(StateUnknown);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var delegationId = DelegationId.Read(request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(delegationId, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListActionsAsync(delegation.Parties, state, asked, context.CancellationToken)).ToPage(asked, row => row.PageKey);
        var now = clock.GetUtcNow();
        return new ListWatchActionsResponse { Actions = { page.Items.Select(row => row.ToMessage(now)) }, NextPageToken = page.NextPageToken };
    }

    public override Task<WatchAction> MoveWatchAction(MoveWatchActionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => MoveAsync(session, request, cancellation));

    private async Task<Outcome<WatchAction>> OpenAsync(TenantSession session, OpenWatchActionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var itemId = IdField.Read("item_id", request.ItemId, violations);
        var title = TextField.ReadLine("title", request.Title, TitleLength, violations);
        ChoiceField.CheckSide("side", request.Side, violations);
        ChoiceField.Check("role", request.Role, violations);
        var dueDay = DayField.Read("due_day", request.DueDay, violations);
        var delegation = (await session.FindDelegationAsync(DelegationId.Read(request.DelegationId, violations), cancellationToken)).ValueOrStatus();
        var item = (await session.LockTrackedItemAsync(itemId!.Value, cancellationToken)).ValueOrStatus();
        if ((delegation.NeedsToBeOpen<WatchAction>() ?? (item.IsInWork ? null : ItemMoves.ItemClosed<WatchAction>())) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var action = new WatchActionRow(
            delegation.OwnerId, delegation.DelegationId, delegation.DelegateId, Guid.CreateVersion7(now), item.Id, item.Title, item.Reference, title!,
            request.Side.Code(), request.Role.Code(), dueDay!.Value, State.Open.Stored(), session.Caller.Side.Code(), Note: "", now.InMicroseconds(),
            now.InMicroseconds(), Revision: 1);
        await session.InsertActionAsync(action, cancellationToken);
        return await ToldAsync(session, action, new WatchActionOpened { Action = action.ToEvent() }, cancellationToken);
    }

    private async Task<Outcome<WatchAction>> MoveAsync(TenantSession session, MoveWatchActionRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var id = IdField.Read("action_id", request.ActionId, violations);
        ChoiceField.Check("state", request.State, violations);
        var note = TextField.ReadText("note", request.Note, NoteLength, violations);
        if (ActionMoves.NeedsANote(request.State, request.Note) is { } missing)
            violations.Add(missing);
        var delegation = (await session.FindDelegationAsync(DelegationId.Read(request.DelegationId, violations), cancellationToken)).ValueOrStatus();
        var action = (await session.FindActionAsync(delegation.Parties, id!.Value, locking: true, cancellationToken)).ValueOrStatus();
        if (Etag.Mismatch<WatchAction>(request.Etag, action.Id, action.Revision) is { } mismatch)
            return mismatch;

        return await ActionMoves.Decide(action, request.State, note!, session.Caller.Side, clock.GetUtcNow().InMicroseconds()).ThenAsync(async moved =>
        {
            await session.UpdateActionAsync(moved, cancellationToken);
            return await ToldAsync(session, moved, new WatchActionMoved { Action = moved.ToEvent() }, cancellationToken);
        });
    }

    private async Task<Outcome<WatchAction>> ToldAsync(TenantSession session, WatchActionRow action, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAsync(action.Parties.Entry(WatchActionRow.ObjectType, action.Id, action.Revision, happened), clock, cancellationToken);
        if (action.In == State.Open)
            await session.OpenWorkItemAsync(action.Work, clock, cancellationToken);
        else
            await session.CloseWorkItemAsync(action.Work.Key, clock, cancellationToken);

        return new Outcome<WatchAction>.Accepted(action.ToMessage(clock.GetUtcNow()));
    }
}

/// <summary>The id of a delegation in a request. Reading it ends the reading: what was found wrong before counts too.</summary>
internal static class DelegationId
{
    public static Guid Read(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("delegation_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
