using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Invitations;

/// <summary>The rpcs of <c>delegation.contracts.v1.Invitations</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class InvitationsService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : V1.Invitations.InvitationsBase
{
    private readonly Redemption _redemption = new(clock);

    public override Task<CreateMemberInvitationResponse> CreateMemberInvitation(CreateMemberInvitationRequest request, ServerCallContext context) =>
        commands.RunAsync<CreateMemberInvitationRequest, CreateMemberInvitationResponse>(
            request, context, (session, cancellationToken) => InviteAsync(session, request, cancellationToken));

    public override Task<CreateDelegationInvitationResponse> CreateDelegationInvitation(CreateDelegationInvitationRequest request, ServerCallContext context) =>
        commands.RunAsync<CreateDelegationInvitationRequest, CreateDelegationInvitationResponse>(
            request, context, (session, cancellationToken) => InviteAsync(session, request, cancellationToken));

    public override Task<Invitation> RevokeInvitation(RevokeInvitationRequest request, ServerCallContext context) =>
        commands.RunAsync<RevokeInvitationRequest, Invitation>(
            request, context, (session, cancellationToken) => RevokeAsync(session, request, cancellationToken));

    public override Task<AcceptMembershipResponse> AcceptMembership(AcceptMembershipRequest request, ServerCallContext context) =>
        commands.RunAsync<AcceptMembershipRequest, AcceptMembershipResponse>(
            request, context,
            (session, cancellationToken) => _redemption.JoinAsync(session, request, context.Person(), cancellationToken));

    public override Task<V1.Delegation> AcceptDelegation(AcceptDelegationRequest request, ServerCallContext context) =>
        commands.RunAsync<AcceptDelegationRequest, V1.Delegation>(
            request, context, (session, cancellationToken) => _redemption.OpenAsync(session, request, cancellationToken));

    public override async Task<ListInvitationsResponse> ListInvitations(ListInvitationsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        if (violations.Count > 0)
            return new Outcome<ListInvitationsResponse>.Invalid(violations).ValueOrStatus();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var page = (await session.ListInvitationsAsync(asked, context.CancellationToken)).ToPage(asked, invitation => new PageKey(default, invitation.InvitationId));
        var now = clock.GetUtcNow();

        return new ListInvitationsResponse { Invitations = { page.Items.Select(invitation => invitation.ToMessage(now)) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<InvitationPreview> PreviewInvitation(PreviewInvitationRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var code = CodeStore.Read(request.Code, violations);
        if (violations.Count > 0)
            return new Outcome<InvitationPreview>.Invalid(violations).ValueOrStatus();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return (await session.FindByCodeAsync(code, kind: null, clock.GetUtcNow(), context.CancellationToken)).ValueOrStatus().ToPreview();
    }

    private async Task<Outcome<CreateMemberInvitationResponse>> InviteAsync(
        TenantSession session, CreateMemberInvitationRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await Inviting.Colleague(request, session.Caller.OrganizationId, now).ThenAsync<CreateMemberInvitationResponse>(async invitation =>
        {
            var code = await SaveAsync(session, invitation, cancellationToken);
            return new Outcome<CreateMemberInvitationResponse>.Accepted(new() { Invitation = invitation.ToMessage(now), Code = code.Reveal() });
        });
    }

    private async Task<Outcome<CreateDelegationInvitationResponse>> InviteAsync(
        TenantSession session, CreateDelegationInvitationRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await Inviting.Counterpart(request, session.Caller.OrganizationId, now).ThenAsync(async invited =>
        {
            var draft = await DraftToShare.FindAsync(session, invited.DelegationId!.Value, cancellationToken);
            return await draft.ThenAsync<CreateDelegationInvitationResponse>(async counterpart =>
            {
                var invitation = invited with { LegalName = counterpart.LegalName, Siren = counterpart.Siren };
                var code = await SaveAsync(session, invitation, cancellationToken);
                return new Outcome<CreateDelegationInvitationResponse>.Accepted(new() { Invitation = invitation.ToMessage(now), Code = code.Reveal() });
            });
        });
    }

    private async Task<InvitationCode> SaveAsync(TenantSession session, InvitationRow invitation, CancellationToken cancellationToken)
    {
        var code = InvitationCode.Random();
        await session.InsertInvitationAsync(invitation, code, cancellationToken);
        await session.AppendAsync(InvitationJournal.Created(invitation), clock, cancellationToken);

        return code;
    }

    private async Task<Outcome<Invitation>> RevokeAsync(TenantSession session, RevokeInvitationRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        if (IdField.Read("invitation_id", request.InvitationId, violations) is not { } id)
            return new Outcome<Invitation>.Invalid(violations);

        var now = clock.GetUtcNow();
        var current = await session.LockInvitationAsync(id, cancellationToken);
        return await current.ThenAsync(invitation => Revocation.Decide(invitation, now).ThenAsync<Invitation>(async revoked =>
        {
            await session.EndInvitationAsync(revoked, cancellationToken);
            await session.AppendAsync(InvitationJournal.Revoked(revoked), clock, cancellationToken);
            return new Outcome<Invitation>.Accepted(revoked.ToMessage(now));
        }));
    }
}
