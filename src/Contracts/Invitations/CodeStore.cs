using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Invitations;

/// <summary>
/// What codes are good for, through functions of the database: their holder acts for no organisation yet, or for another than the inviter.
/// Every code that is good for nothing gets one and the same answer.
/// </summary>
internal static class CodeStore
{
    private static readonly FieldViolation Required = new(
        "code",
        "CODE_REQUIRED",
        new("The code is missing.", "Le code n'est pas renseigné."),
        new("Give the code that the inviter handed over.", "Indiquez le code que l'organisme qui invite vous a remis."));

    /// <summary>The code in a request; null for a text that is none, which is no mistake to tell of but a code that is good for nothing.</summary>
    public static InvitationCode? Read(string text, ICollection<FieldViolation> violations)
    {
        if (string.IsNullOrWhiteSpace(text))
            violations.Add(Required);

        return InvitationCode.TryParse(text, out var code) ? code : null;
    }

    /// <summary>What a code stands for; of one kind only, unless that is null.</summary>
    public static async Task<Outcome<HeldInvitation>> FindByCodeAsync(
        this TenantSession session, InvitationCode? code, string? kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT owner_id AS ownerid, invitation_id AS invitationid, kind, email, display_name AS displayname, roles, delegation_id AS delegationid,
                   legal_name AS legalname, siren, expire_time AS expiretime, revision, inviter_kind AS inviterkind,
                   inviter_legal_name AS inviterlegalname, inviter_siren AS invitersiren
            FROM invitation_of(@Digest, @now)
            """;

        if (code is null)
            return NotFound<HeldInvitation>();

        var found = await session.FindAsync<HeldInvitation>(Sql, new { code.Digest, now = now.InMicroseconds() }, cancellationToken);
        return found is not null && (kind is null || found.Kind == kind) ? new Outcome<HeldInvitation>.Accepted(found) : NotFound<HeldInvitation>();
    }

    /// <summary>Uses up the code of a colleague; false when somebody else was faster.</summary>
    public static Task<bool> RedeemMembershipAsync(this TenantSession session, InvitationCode code, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.FindAsync<bool>("SELECT redeem_member_invitation(@Digest, @now)", new { code.Digest, now = now.InMicroseconds() }, cancellationToken);

    /// <summary>Uses up the code of a counterpart, and opens the delegation; false when somebody else was faster.</summary>
    public static Task<bool> RedeemDelegationAsync(this TenantSession session, InvitationCode code, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.FindAsync<bool>("SELECT redeem_delegation_invitation(@Digest, @now)", new { code.Digest, now = now.InMicroseconds() }, cancellationToken);

    public static Outcome<T> NotFound<T>() => new Outcome<T>.NotFound("INVITATION_NOT_FOUND", InvitationStore.Unknown);
}
