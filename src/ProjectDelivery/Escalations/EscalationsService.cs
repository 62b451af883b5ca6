using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;
using Level = Delegation.Delivery.V1.Escalation.Types.Level;
using State = Delegation.Delivery.V1.Escalation.Types.State;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>The rpcs of <c>delegation.delivery.v1.Escalations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class EscalationsService(CommandRunner commands, TenantSessions sessions, AcknowledgementWatch watch, TimeProvider clock)
    : Delivery.V1.Escalations.EscalationsBase
{
    public override Task<Escalation> RaiseEscalation(RaiseEscalationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => RaiseAsync(session, request, cancellation));

    public override async Task<Escalation> GetEscalation(GetEscalationRequest request, ServerCallContext context)
    {
        var id = ReadId("escalation_id", request.EscalationId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindEscalationAsync(id, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListEscalationsResponse> ListEscalations(ListEscalationsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        if (request.State != State.Unspecified && !StoredNames.IsKnown(request.State))
            violations.Add(new(
                "state", "STATE_UNKNOWN", new("This state is not known.", "Cet état n'est pas connu."),
                new("Choose RAISED, ACKNOWLEDGED, RESOLVED or CLOSED, or nothing for all.", "Choisissez RAISED, ACKNOWLEDGED, RESOLVED ou CLOSED, ou rien pour toutes.")));
        var id = ReadId("delegation_id", request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListEscalationsAsync(delegation.Parties, request.State.StoredIfKnown(), asked, context.CancellationToken);
        return new ListEscalationsResponse { Escalations = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<Escalation> AcknowledgeEscalation(AcknowledgeEscalationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => AcknowledgeAsync(session, request, cancellation));

    public override Task<Escalation> ResolveEscalation(ResolveEscalationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) =>
        {
            var violations = new List<FieldViolation>();
            var cause = TextField.ReadRequiredText("cause", request.Cause, EscalationFields.TextLength, violations);
            var resolution = TextField.ReadRequiredText("resolution", request.Resolution, EscalationFields.TextLength, violations);
            return MoveAsync(
                session, request.EscalationId, request.Etag, violations, row => EscalationMoves.Resolve(row, session.Caller.Side, cause!, resolution!, clock.GetUtcNow()),
                message => new EscalationResolved { Escalation = message }, cancellation);
        });

    public override Task<Escalation> ConfirmResolution(ConfirmResolutionRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) => MoveAsync(
            session, request.EscalationId, request.Etag, [], row => EscalationMoves.Confirm(row, session.Caller.Side, clock.GetUtcNow()),
            message => new EscalationClosed { Escalation = message }, cancellation));

    public override Task<Escalation> ReopenEscalation(ReopenEscalationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellation) =>
        {
            var violations = new List<FieldViolation>();
            var reason = TextField.ReadRequiredText("reason", request.Reason, EscalationFields.TextLength, violations);
            return MoveAsync(
                session, request.EscalationId, request.Etag, violations, row => EscalationMoves.Reopen(row, session.Caller.Side, reason!, clock.GetUtcNow()),
                message => new EscalationReopened { Escalation = message }, cancellation);
        });

    public override Task<EscalationComment> AddEscalationComment(AddEscalationCommentRequest request, ServerCallContext context) =>
        commands.RunAsync<AddEscalationCommentRequest, EscalationComment>(
            request, context, (session, cancellation) => CommentAsync(session, request, cancellation));

    public override async Task<ListEscalationCommentsResponse> ListEscalationComments(ListEscalationCommentsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var id = ReadId("escalation_id", request.EscalationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var escalation = (await session.FindEscalationAsync(id, context.CancellationToken)).ValueOrStatus();
        var page = await session.ListCommentsAsync(escalation, asked, context.CancellationToken);
        return new ListEscalationCommentsResponse { Comments = { page.Items.Select(row => row.ToMessage()) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<EscalationMeasures> GetEscalationMeasures(GetEscalationMeasuresRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = MeasuresAsked.Read(request, violations);
        var id = ReadId("delegation_id", request.DelegationId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus();
        return asked!.ToMessage(await session.MeasureAsync(delegation.Parties, asked, context.CancellationToken));
    }

    private async Task<Outcome<Escalation>> RaiseAsync(TenantSession session, RaiseEscalationRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var now = clock.GetUtcNow();
        var fields = EscalationFields.Read(request, now, violations);
        var delegation = (await session.FindDelegationAsync(ReadId("delegation_id", request.DelegationId, violations), cancellationToken)).ValueOrStatus();
        if (!delegation.IsOpen)
            return new Outcome<Escalation>.Refused(
                "DELEGATION_NOT_OPEN", new("This delegation is closed: nothing is raised in it.", "Cette délégation est close : aucune alerte ne s'y émet."));
        if (fields!.ActionId is { } action && !await session.HasActionAsync(delegation.Parties, action, cancellationToken))
            return new Outcome<Escalation>.Invalid(EscalationFields.ActionUnknown);

        var terms = await session.FindTermsAsync(delegation.Parties, cancellationToken);
        var other = session.Caller.Side == Side.Insurer ? Side.Delegate : Side.Insurer;
        var contacts = await session.FindContactsAsync(delegation.Parties, other, cancellationToken);
        var escalation = EscalationMoves.Raise(
            fields, delegation.Parties, session.Caller, terms.HoursFor(fields.Severity), contacts, NewId.At(now), now);
        await session.InsertEscalationAsync(escalation, cancellationToken);
        await session.TellAsync(escalation, message => new EscalationRaised { Escalation = message }, clock, cancellationToken);
        await watch.BeginAsync(session, escalation, contacts, cancellationToken);
        return new Outcome<Escalation>.Accepted(escalation.ToMessage());
    }

    private async Task<Outcome<Escalation>> AcknowledgeAsync(TenantSession session, AcknowledgeEscalationRequest request, CancellationToken cancellationToken)
    {
        var escalation = (await session.LockEscalationAsync(ReadId("escalation_id", request.EscalationId, []), cancellationToken)).ValueOrStatus();
        var side = session.Caller.Side;
        var contacts = await session.FindContactsAsync(escalation.Parties, side, cancellationToken);
        var executives = escalation.CalledUpon.Level == Level.Executives ? await session.ExecutivesAsync(escalation.Parties, side, cancellationToken) : [];
        return await SaveAsync(
            session, EscalationMoves.Acknowledge(escalation, session.Caller, contacts, executives, clock.GetUtcNow()),
            message => new EscalationAcknowledged { Escalation = message }, cancellationToken);
    }

    private async Task<Outcome<Escalation>> MoveAsync(
        TenantSession session,
        string escalationId,
        string etag,
        List<FieldViolation> violations,
        Func<EscalationRow, Outcome<EscalationRow>> move,
        Func<Escalation, IMessage> happened,
        CancellationToken cancellationToken)
    {
        var escalation = (await session.LockEscalationAsync(ReadId("escalation_id", escalationId, violations), cancellationToken)).ValueOrStatus();
        return Etag.Mismatch<Escalation>(etag, escalation.Id, escalation.Revision)
            ?? await SaveAsync(session, move(escalation), happened, cancellationToken);
    }

    private Task<Outcome<Escalation>> SaveAsync(
        TenantSession session, Outcome<EscalationRow> moved, Func<Escalation, IMessage> happened, CancellationToken cancellationToken) =>
        moved.ThenAsync<Escalation>(async escalation =>
        {
            await session.UpdateEscalationAsync(escalation, cancellationToken);
            await session.TellAsync(escalation, happened, clock, cancellationToken);
            await session.HandOverAsync(escalation, clock, cancellationToken);
            return new Outcome<Escalation>.Accepted(escalation.ToMessage());
        });

    private async Task<Outcome<EscalationComment>> CommentAsync(TenantSession session, AddEscalationCommentRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var text = TextField.ReadRequiredText("text", request.Text, EscalationFields.TextLength, violations);
        var escalation = (await session.FindEscalationAsync(ReadId("escalation_id", request.EscalationId, violations), cancellationToken)).ValueOrStatus();
        var (now, side) = (clock.GetUtcNow(), session.Caller.Side.Code());
        var comment = new CommentRow
        {
            Id = NewId.At(now),
            EscalationId = escalation.Id,
            Side = side,
            Visibility = request.Private ? side : CommentRow.Shared,
            Text = text!,
            PersonId = session.Caller.PersonId,
            CreateTime = now.InMicroseconds(),
        };
        await session.InsertCommentAsync(escalation, comment, cancellationToken);
        await session.TellAsync(escalation, comment, clock, cancellationToken);
        return new Outcome<EscalationComment>.Accepted(comment.ToMessage());
    }

    private static Guid ReadId(string field, string id, List<FieldViolation> violations)
    {
        var read = IdField.Read(field, id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
