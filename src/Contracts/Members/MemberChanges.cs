using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Members;

/// <summary>Decides on changes of a member.</summary>
internal static class MemberChanges
{
    private static readonly LocalizedText AnotherPerson = new(
        "Everybody keeps their own name and addresses: ask that person to change them.",
        "Chacun tient à jour son nom et ses coordonnées : demandez à cette personne de les modifier.");

    private static readonly LocalizedText LastAdministrator = new(
        "This is the last administrator of the organisation. Make somebody else administrator first.",
        "C'est le dernier administrateur de l'organisme. Nommez d'abord un autre administrateur.");

    /// <summary>One's own particulars.</summary>
    public static Outcome<MemberRow> Update(MemberRow member, Guid callerId, UpdateMemberRequest command)
    {
        var violations = new List<FieldViolation>();
        var next = member with { Revision = member.Revision + 1 };
        if (command.HasDisplayName)
            next = next with { DisplayName = Particulars.ReadName("display_name", command.DisplayName, violations) };
        if (command.HasEmail)
            next = next with { Email = Particulars.ReadEmail("email", command.Email, violations) };
        if (command.HasPhone)
            next = next with { Phone = Particulars.ReadPhone("phone", command.Phone, violations) };

        if (violations.Count > 0)
            return new Outcome<MemberRow>.Invalid(violations);
        if (member.PersonId != callerId)
            return new Outcome<MemberRow>.Refused("MEMBER_IS_ANOTHER_PERSON", AnotherPerson);

        return Etag.Mismatch<MemberRow>(command.Etag, member.MemberId, member.Revision) ?? new Outcome<MemberRow>.Accepted(next);
    }

    /// <summary>Other roles.</summary>
    /// <param name="member">As it is.</param>
    /// <param name="administrators">How many administrators the organisation has.</param>
    /// <param name="command">What is asked.</param>
    public static Outcome<MemberRow> SetRoles(MemberRow member, long administrators, SetMemberRolesRequest command)
    {
        var violations = new List<FieldViolation>();
        var roles = MemberRoles.Read(command.Roles, violations);
        if (violations.Count > 0)
            return new Outcome<MemberRow>.Invalid(violations);

        return Etag.Mismatch<MemberRow>(command.Etag, member.MemberId, member.Revision)
            ?? (IsLast(member, administrators) && !roles.Contains(MemberRoles.Administrator)
                ? new Outcome<MemberRow>.Refused("LAST_ADMINISTRATOR", LastAdministrator)
                : new Outcome<MemberRow>.Accepted(member with { Roles = string.Join(',', roles), Revision = member.Revision + 1 }));
    }

    /// <summary>Leaving the organisation.</summary>
    public static Outcome<MemberRow> Remove(MemberRow member, long administrators, RemoveMemberRequest command) =>
        Etag.Mismatch<MemberRow>(command.Etag, member.MemberId, member.Revision)
        ?? (IsLast(member, administrators)
            ? new Outcome<MemberRow>.Refused("LAST_ADMINISTRATOR", LastAdministrator)
            : new Outcome<MemberRow>.Accepted(member with { Revision = member.Revision + 1 }));

    private static bool IsLast(MemberRow member, long administrators) => administrators == 1 && member.IsAdministrator;
}
