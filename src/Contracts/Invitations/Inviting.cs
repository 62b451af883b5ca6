using Delegation.Contracts.Members;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Invitations;

/// <summary>Decides on new invitations. It depends on the request and on what the inviter owns, never on who else is on the platform.</summary>
internal static class Inviting
{
    private const int DefaultDays = 30;
    private const int MaximumDays = 90;

    private static readonly FieldViolation DaysOutOfRange = new(
        "valid_days",
        "VALID_DAYS_OUT_OF_RANGE",
        new($"An invitation is good for 1 to {MaximumDays} days.", $"Une invitation est valable de 1 à {MaximumDays} jours."),
        new($"Give a number of days, or nothing for {DefaultDays}.", $"Indiquez un nombre de jours, ou rien pour {DefaultDays}."));

    public static Outcome<InvitationRow> Colleague(CreateMemberInvitationRequest command, Guid organizationId, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var roles = MemberRoles.Read(command.Roles, violations);
        var invitation = Read(command.Email, command.DisplayName, command.ValidDays, organizationId, now, violations);

        return violations.Count > 0
            ? new Outcome<InvitationRow>.Invalid(violations)
            : new Outcome<InvitationRow>.Accepted(invitation with { Kind = InvitationRow.ToMember, Roles = string.Join(',', roles) });
    }

    /// <summary>The invitation of a counterpart, still without its name: that is the draft's to say.</summary>
    public static Outcome<InvitationRow> Counterpart(CreateDelegationInvitationRequest command, Guid organizationId, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", command.DelegationId, violations);
        var invitation = Read(command.Email, command.DisplayName, command.ValidDays, organizationId, now, violations);

        return violations.Count > 0
            ? new Outcome<InvitationRow>.Invalid(violations)
            : new Outcome<InvitationRow>.Accepted(invitation with { Kind = InvitationRow.ToDelegation, DelegationId = delegationId });
    }

    private static InvitationRow Read(
        string email, string displayName, int validDays, Guid organizationId, DateTimeOffset now, List<FieldViolation> violations)
    {
        var address = Particulars.ReadEmail("email", email, violations);
        var name = Particulars.ReadName("display_name", displayName, violations);
        if (validDays is < 0 or > MaximumDays)
            violations.Add(DaysOutOfRange);

        var days = Math.Clamp(validDays == 0 ? DefaultDays : validDays, 1, MaximumDays);
        return new InvitationRow(
            organizationId, NewId.At(now), "", address, name, "", null, "", "", InvitationRow.Pending,
            now.InMicroseconds(), now.InMicroseconds().AddDays(days), null, 1);
    }
}
