using Delegation.Contracts.Delegations;
using Delegation.Contracts.Members;
using Delegation.Contracts.Organizations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Npgsql;

namespace Delegation.Contracts.Invitations;

/// <summary>What happens when the holder of a code accepts. A refusal leaves the code as good as it was: nothing of it is committed.</summary>
internal sealed class Redemption(TimeProvider clock)
{
    private static readonly LocalizedText AlreadyMember = new(
        "You belong to this organisation already; an administrator can change your roles.",
        "Vous appartenez déjà à cet organisme ; un administrateur peut modifier vos rôles.");

    /// <summary>The person of the token becomes a member of the organisation that invites.</summary>
    public async Task<Outcome<AcceptMembershipResponse>> JoinAsync(
        TenantSession session, AcceptMembershipRequest request, Person person, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var code = CodeStore.Read(request.Code, violations);
        var name = Particulars.ReadName("display_name", request.DisplayName, violations);
        if (violations.Count > 0)
            return new Outcome<AcceptMembershipResponse>.Invalid(violations);

        var now = clock.GetUtcNow();
        var found = await session.FindByCodeAsync(code, InvitationRow.ToMember, now, cancellationToken);
        return await found.ThenAsync(async invitation =>
        {
            if (!await session.RedeemMembershipAsync(code!, now, cancellationToken))
                return CodeStore.NotFound<AcceptMembershipResponse>();

            // The code is the right to join; from here on the caller acts as what they become.
            session.ActFor(invitation.OwnerId);
            var member = MemberRow.Joining(invitation.OwnerId, person, invitation.Roles.Split(','), now) with
            {
                DisplayName = name.Length > 0 ? name : invitation.DisplayName,
                Email = invitation.Email,
            };
            if (!await session.InsertMemberAsync(member, cancellationToken))
                return new Outcome<AcceptMembershipResponse>.Refused("ALREADY_MEMBER", AlreadyMember);

            await session.AppendAsync(InvitationJournal.AcceptedByMember(invitation), clock, cancellationToken);
            await session.AppendAsync(MemberJournal.Granted(member, OrganizationKinds.SideOf(invitation.InviterKind)), clock, cancellationToken);
            var joined = await session.FindOrganizationAsync(invitation.OwnerId, cancellationToken);
            return new Outcome<AcceptMembershipResponse>.Accepted(new() { Organization = joined.ValueOrStatus().ToMessage(), Member = member.ToMessage() });
        });
    }

    /// <summary>The organisation that the caller acts for becomes the other party of the draft, which is a delegation from then on.</summary>
    public async Task<Outcome<V1.Delegation>> OpenAsync(TenantSession session, AcceptDelegationRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var code = CodeStore.Read(request.Code, violations);
        if (violations.Count > 0)
            return new Outcome<V1.Delegation>.Invalid(violations);

        var now = clock.GetUtcNow();
        var found = await session.FindByCodeAsync(code, InvitationRow.ToDelegation, now, cancellationToken);
        var invitee = await session.FindOrganizationAsync(session.Caller.OrganizationId, cancellationToken);
        return await found.ThenAsync(held => invitee.ThenAsync(organization => DelegationAcceptance.Decide(held, organization).ThenAsync(async invitation =>
        {
            try
            {
                if (!await session.RedeemDelegationAsync(code!, now, cancellationToken))
                    return CodeStore.NotFound<V1.Delegation>();
            }
            catch (PostgresException refusal) when (refusal.IsContractNumberHeld())
            {
                return DelegationAcceptance.ContractNumberHeld<V1.Delegation>();
            }

            var opened = await session.AppendDelegationOpenedAsync(invitation.DelegationId!.Value, clock, cancellationToken);
            await session.AppendAsync(InvitationJournal.AcceptedByCounterpart(invitation, opened), clock, cancellationToken);
            return new Outcome<V1.Delegation>.Accepted(opened);
        })));
    }
}
