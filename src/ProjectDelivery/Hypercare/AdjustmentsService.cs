using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;
using State = Delegation.Delivery.V1.Adjustment.Types.State;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>The rpcs of <c>delegation.delivery.v1.Adjustments</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class AdjustmentsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Adjustments.AdjustmentsBase
{
    private const int NoteLength = 1000;

    private static readonly FieldViolation StateUnknown = new(
        "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
        new("Choose OPEN, APPLIED, CONFIRMED or WITHDRAWN, or nothing for all.",
            "Choisissez OPEN (à faire), APPLIED (appliqué), CONFIRMED (confirmé) ou WITHDRAWN (retiré), ou rien pour tous."));

    public override Task<Adjustment> OpenAdjustment(OpenAdjustmentRequest request, ServerCallContext context) => commands.RunAsync<OpenAdjustmentRequest, Adjustment>(
        request, context, (session, cancellation) => OpenAsync(session, request, cancellation));

    public override async Task<Adjustment> GetAdjustment(GetAdjustmentRequest request, ServerCallContext context)
    {
        var (projectId, id) = PlanIds.Read(request.ProjectId, "adjustment_id", request.AdjustmentId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.GetAdjustmentAsync(project, id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListAdjustmentsResponse> ListAdjustments(ListAdjustmentsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var state = request.State.StoredIfKnown();
        if (state is null && request.State != State.Unspecified)
            violations.Add(StateUnknown);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var page = (await session.ListAdjustmentsAsync(project, state, asked, context.CancellationToken)).ToPage(asked, row => new PageKey(default, row.Id));

        return new ListAdjustmentsResponse { Adjustments = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Adjustment> MoveAdjustment(MoveAdjustmentRequest request, ServerCallContext context) => commands.RunAsync<MoveAdjustmentRequest, Adjustment>(
        request, context, (session, cancellation) => MoveAsync(session, request, cancellation));

    private async Task<Outcome<Adjustment>> OpenAsync(TenantSession session, OpenAdjustmentRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var title = TextField.ReadLine("title", request.Title, GoalFields.TitleLength, violations);
        var description = TextField.ReadText("description", request.Description, GoalFields.DescriptionLength, violations);
        ChoiceField.CheckSide("side", request.Side, violations);
        var dueDay = DayField.Read("due_day", request.DueDay, violations);
        var project = (await session.LockProjectAsync(PlanIds.ReadProject(request.ProjectId, violations), cancellationToken)).ValueOrStatus();
        if (RunRules.NeedsTheRun<Adjustment>(project) is { } refused)
            return refused;

        var now = clock.GetUtcNow();
        var opened = new AdjustmentRow(
            project.OwnerId, project.DelegationId, project.DelegateId, project.Id, NewId.At(now), title!, description!, request.Side.Code(), dueDay!.Value,
            State.Open.Stored(), session.Caller.Side.Code(), Note: "", now.InMicroseconds(), now.InMicroseconds(), Revision: 1);
        await session.InsertAdjustmentAsync(opened, cancellationToken);
        return await ToldAsync(session, opened, [], new AdjustmentOpened { Adjustment = opened.ToMessage() }, cancellationToken);
    }

    private async Task<Outcome<Adjustment>> MoveAsync(TenantSession session, MoveAdjustmentRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        ChoiceField.Check("move", request.Move, violations);
        var note = TextField.ReadText("note", request.Note, NoteLength, violations);
        if (AdjustmentMoves.NeedsANote(request.Move, request.Note) is { } missing)
            violations.Add(missing);
        var (projectId, id) = PlanIds.Read(request.ProjectId, "adjustment_id", request.AdjustmentId, violations);
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var before = (await session.GetAdjustmentAsync(project, id, cancellationToken)).ValueOrStatus();
        if ((ProjectChange.NeedsAProjectInProgress<Adjustment>(project) ?? Etag.Mismatch<Adjustment>(request.Etag, before.Id, before.Revision)) is { } refused)
            return refused;

        return await AdjustmentMoves.Decide(before, request.Move, note!, session.Caller.Side, clock.GetUtcNow().InMicroseconds()).ThenAsync(async moved =>
        {
            await session.UpdateAdjustmentAsync(moved, cancellationToken);
            return await ToldAsync(session, moved, before.Waiting, new AdjustmentMoved { Adjustment = moved.ToMessage() }, cancellationToken);
        });
    }

    private async Task<Outcome<Adjustment>> ToldAsync(
        TenantSession session, AdjustmentRow adjustment, IReadOnlyList<OpenWork> before, IMessage happened, CancellationToken cancellationToken)
    {
        await session.AppendAsync(adjustment.Parties.Entry(AdjustmentRow.ObjectType, adjustment.Id, adjustment.Revision, happened), clock, cancellationToken);
        await session.KeepWorkAsync(before, adjustment.Waiting, clock, cancellationToken);
        return new Outcome<Adjustment>.Accepted(adjustment.ToMessage());
    }
}
