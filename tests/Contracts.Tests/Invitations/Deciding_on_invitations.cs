using Delegation.Access.V1;
using Delegation.Contracts.Invitations;
using Delegation.Contracts.Organizations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.Invitation.Types.State;

namespace Delegation.Contracts.Tests.Invitations;

public sealed class Deciding_on_invitations
{
    private static readonly Guid Organization = Guid.CreateVersion7();
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 1)]
    [InlineData(90, 90)]
    public void An_invitation_is_good_for_as_many_days_as_were_asked(int asked, int days)
    {
        var invitation = Accepted(Inviting.Colleague(new CreateMemberInvitationRequest { Roles = { Role.Legal }, ValidDays = asked }, Organization, Now));

        Assert.Equal(Now.UtcDateTime.AddDays(days), invitation.ExpireTime);
        Assert.Equal(State.Pending, invitation.StateAt(Now.AddDays(days).AddMicroseconds(-1)));
        Assert.Equal(State.Expired, invitation.StateAt(Now.AddDays(days)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(91)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void All_mistakes_are_told_at_once(int days)
    {
        var colleague = Inviting.Colleague(
            new CreateMemberInvitationRequest { Roles = { (Role)99 }, Email = "nobody", DisplayName = "a\nb", ValidDays = days }, Organization, Now);
        var counterpart = Inviting.Counterpart(
            new CreateDelegationInvitationRequest { DelegationId = "x", Email = "nobody", DisplayName = new string('a', 101), ValidDays = days }, Organization, Now);

        Assert.Equal(
            ["ROLE_UNKNOWN", "EMAIL_MALFORMED", "DISPLAY_NAME_INVISIBLE_CHARACTER", "VALID_DAYS_OUT_OF_RANGE"], Reasons(colleague));
        Assert.Equal(
            ["DELEGATION_ID_MALFORMED", "EMAIL_MALFORMED", "DISPLAY_NAME_TOO_LONG", "VALID_DAYS_OUT_OF_RANGE"], Reasons(counterpart));
    }

    [Theory]
    [InlineData("pending", 0, true)]
    [InlineData("pending", 31, false)]
    [InlineData("accepted", 0, false)]
    [InlineData("revoked", 0, false)]
    public void Only_what_is_pending_can_be_taken_back(string state, int daysLater, bool accepted)
    {
        var invitation = Accepted(Inviting.Colleague(new CreateMemberInvitationRequest { Roles = { Role.Legal } }, Organization, Now)) with { State = state };

        var outcome = Revocation.Decide(invitation, Now.AddDays(daysLater));

        Assert.Equal(accepted, outcome is Outcome<InvitationRow>.Accepted { Value: { State: "revoked", Revision: 2 } });
    }

    [Theory]
    [InlineData("mutual", "delegate", "775685399", null)]
    [InlineData("delegate", "insurance_company", "775685399", null)]
    [InlineData("mutual", "insurance_company", "775685399", "INVITATION_FOR_OTHER_SIDE")]
    [InlineData("delegate", "delegate", "775685399", "INVITATION_FOR_OTHER_SIDE")]
    [InlineData("mutual", "delegate", "552100554", "INVITATION_FOR_OTHER_SIREN")]
    public void The_other_side_with_the_invited_siren_alone_may_accept(string inviter, string invitee, string siren, string? reason)
    {
        var held = new HeldInvitation(
            Organization, Guid.CreateVersion7(), "delegation", "", "", "", Guid.CreateVersion7(), "MGEN", "775685399", Now.UtcDateTime, 1, inviter, "Inviter", "1");

        var outcome = DelegationAcceptance.Decide(held, new OrganizationRow(Guid.CreateVersion7(), invitee, "Invitee", siren, Now.UtcDateTime));

        Assert.Equal(reason, outcome is Outcome<HeldInvitation>.Refused refused ? refused.Reason : null);
    }

    [Fact]
    public void A_row_prints_neither_name_nor_address()
    {
        var invitation = Accepted(Inviting.Colleague(
            new CreateMemberInvitationRequest { Roles = { Role.Legal }, Email = "karim@example.org", DisplayName = "karim" }, Organization, Now));
        var held = new HeldInvitation(
            Organization, Guid.CreateVersion7(), "member", "karim@example.org", "karim", "legal", null, "", "", Now.UtcDateTime, 1, "mutual", "Inviter", "1");

        Assert.DoesNotContain("karim", $"{invitation} {held}", StringComparison.Ordinal);
    }

    private static InvitationRow Accepted(Outcome<InvitationRow> outcome) => Assert.IsType<Outcome<InvitationRow>.Accepted>(outcome).Value;

    private static IEnumerable<string> Reasons(Outcome<InvitationRow> outcome) =>
        Assert.IsType<Outcome<InvitationRow>.Invalid>(outcome).Violations.Select(violation => violation.Reason);
}
