using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Members;

/// <summary>The people of the organisation that a session acts for. What access asks follows them, by a trigger.</summary>
internal static class MemberStore
{
    public static Task InsertMemberAsync(this TenantSession session, MemberRow member, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
            VALUES (@OwnerId, @MemberId, @PersonId, @Issuer, @Subject, @DisplayName, @Email, @Phone, @Roles, @CreateTime, @Revision)
            """;

        return session.ExecuteAsync(Sql, member, cancellationToken);
    }
}
