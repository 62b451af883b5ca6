using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Escalations;

/// <summary>The rpcs of <c>delegation.delivery.v1.EscalationTerms</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class EscalationTermsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : EscalationTerms.EscalationTermsBase
{
    private const string ObjectType = "escalation_terms";

    public override async Task<AcknowledgementTerms> GetEscalationTerms(GetEscalationTermsRequest request, ServerCallContext context)
    {
        var id = ReadId(request.DelegationId, []);
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindDelegationAsync(id, context.CancellationToken)).ValueOrStatus();
        return (await session.FindTermsAsync(delegation.Parties, context.CancellationToken)).ToMessage();
    }

    public override Task<AcknowledgementTerms> ProposeEscalationTerms(ProposeEscalationTermsRequest request, ServerCallContext context) =>
        commands.RunAsync<ProposeEscalationTermsRequest, AcknowledgementTerms>(
            request, context, (session, cancellation) => ProposeAsync(session, request, cancellation));

    public override Task<AcknowledgementTerms> AgreeEscalationTerms(AgreeEscalationTermsRequest request, ServerCallContext context) =>
        commands.RunAsync<AgreeEscalationTermsRequest, AcknowledgementTerms>(
            request, context, (session, cancellation) => AgreeAsync(session, request, cancellation));

    private async Task<Outcome<AcknowledgementTerms>> ProposeAsync(
        TenantSession session, ProposeEscalationTermsRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        AgreedHours.Check(request.Hours, violations);
        var delegation = (await session.FindDelegationAsync(ReadId(request.DelegationId, violations), cancellationToken)).ValueOrStatus();
        var terms = await session.FindTermsAsync(delegation.Parties, cancellationToken);
        if (!delegation.IsOpen)
            return new Outcome<AcknowledgementTerms>.Refused(
                "DELEGATION_NOT_OPEN", new("This delegation is closed: nothing is agreed on in it.", "Cette délégation est close : rien ne s'y convient."));
        if (Etag.Mismatch<AcknowledgementTerms>(request.Etag, terms.Id, terms.Revision) is { } refused)
            return refused;
        if (terms.ToMessage().Hours.Equals(request.Hours))
            return new Outcome<AcknowledgementTerms>.Refused(
                "TERMS_IN_EFFECT", new("These times hold already.", "Ces délais sont déjà en vigueur."));

        var now = clock.GetUtcNow();
        var proposed = terms.Propose(request.Hours, session.Caller.Side, NewId.At(now), now.InMicroseconds());
        return await SaveAsync(session, proposed, message => new EscalationTermsProposed { Terms = message }, cancellationToken);
    }

    private async Task<Outcome<AcknowledgementTerms>> AgreeAsync(TenantSession session, AgreeEscalationTermsRequest request, CancellationToken cancellationToken)
    {
        var delegation = (await session.FindDelegationAsync(ReadId(request.DelegationId, []), cancellationToken)).ValueOrStatus();
        var terms = await session.FindTermsAsync(delegation.Parties, cancellationToken);
        if (Etag.Mismatch<AcknowledgementTerms>(request.Etag, terms.Id, terms.Revision) is { } refused)
            return refused;
        if (terms.ProposedBy is null)
            return new Outcome<AcknowledgementTerms>.Refused("NOTHING_PROPOSED", new("Nothing is proposed.", "Rien n'est proposé."));
        if (terms.ProposedBy == session.Caller.Side.Code())
            return new Outcome<AcknowledgementTerms>.Refused(
                "OWN_PROPOSAL", new("Your side proposed it; the other side has yet to agree.", "Votre partie l'a proposé ; l'accord de l'autre est attendu."));

        return await SaveAsync(session, terms.Agree(clock.GetUtcNow().InMicroseconds()), message => new EscalationTermsAgreed { Terms = message }, cancellationToken);
    }

    private async Task<Outcome<AcknowledgementTerms>> SaveAsync(
        TenantSession session, TermsRow terms, Func<AcknowledgementTerms, IMessage> happened, CancellationToken cancellationToken)
    {
        if (!await session.SaveTermsAsync(terms, cancellationToken))
            return new Outcome<AcknowledgementTerms>.Stale();

        var message = terms.ToMessage();
        await session.AppendAsync(terms.Parties.Entry(ObjectType, terms.Id, terms.Revision, happened(message)), clock, cancellationToken);
        foreach (var side in new[] { Side.Insurer, Side.Delegate })
        {
            var key = new WorkItemKey("escalation_terms.agree", ObjectType, terms.Id, side);
            if (terms.ProposedBy is null || terms.ProposedBy == side.Code())
                await session.CloseWorkItemAsync(key, clock, cancellationToken);
            else
                await session.OpenWorkItemAsync(Work(key, terms.Parties), clock, cancellationToken);
        }

        return new Outcome<AcknowledgementTerms>.Accepted(message);
    }

    private static OpenWork Work(WorkItemKey key, Parties parties) => new(
        key, parties.OwnerId, parties.DelegationId, parties.DelegateId,
        new LocalizedText("Agree on the times to acknowledge escalations", "Convenir des délais de prise en charge des alertes"))
    {
        Roles = [Role.DelegationManager],
    };

    private static Guid ReadId(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("delegation_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
