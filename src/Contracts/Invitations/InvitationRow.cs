using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Invitations;

/// <summary>An invitation as the database keeps it; the codes of the roles with commas between them.</summary>
internal sealed record InvitationRow(
    Guid OwnerId, Guid InvitationId, string Kind, string Email, string DisplayName, string Roles, Guid? DelegationId, string LegalName, string Siren,
    string State, DateTime CreateTime, DateTime ExpireTime, DateTime? EndTime, long Revision)
{
    public const string ToMember = "member";
    public const string ToDelegation = "delegation";
    public const string Pending = "pending";
    public const string Accepted = "accepted";
    public const string Revoked = "revoked";

    public Invitation ToMessage(DateTimeOffset now) => new()
    {
        Id = InvitationId.ToString(),
        Kind = KindOf(Kind),
        State = StateAt(now),
        Email = Email,
        DisplayName = DisplayName,
        Roles = { RolesOf(Roles) },
        DelegationId = DelegationId?.ToString() ?? "",
        LegalName = LegalName,
        Siren = Siren,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        ExpireTime = Timestamp.FromDateTime(ExpireTime),
        EndTime = EndTime is { } end ? Timestamp.FromDateTime(end) : null,
    };

    /// <summary>Nothing is written when an invitation expires: the instant says it.</summary>
    public Invitation.Types.State StateAt(DateTimeOffset now) => State switch
    {
        Pending => ExpireTime > now.UtcDateTime ? Invitation.Types.State.Pending : Invitation.Types.State.Expired,
        Accepted => Invitation.Types.State.Accepted,
        Revoked => Invitation.Types.State.Revoked,
        _ => throw new InvalidOperationException($"Invitation {InvitationId} is in the state {State}."),
    };

    public static Invitation.Types.Kind KindOf(string code) => code switch
    {
        ToMember => Invitation.Types.Kind.Member,
        ToDelegation => Invitation.Types.Kind.Delegation,
        _ => throw new InvalidOperationException($"An invitation is of the kind {code}."),
    };

    public static IEnumerable<Role> RolesOf(string codes) => codes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code =>
        RoleCodes.TryParse(code, out var role) ? role : throw new InvalidOperationException($"An invitation has the role {code}, which is none."));

    // The generated text would put names and addresses into whatever prints a row.
    public override string ToString() => InvitationId.ToString();
}
