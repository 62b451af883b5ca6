using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Members;

/// <summary>The people of the organisation that a session acts for. What access asks follows them, by a trigger.</summary>
internal static class MemberStore
{
    private const string Select =
        """
        SELECT owner_id AS ownerid, member_id AS memberid, person_id AS personid, issuer, subject, display_name AS displayname, email, phone,
               array_to_string(roles, ',') AS roles, create_time AS createtime, revision
        FROM member
        WHERE owner_id = @organization
        """;

    /// <summary>Adds a member; false, and nothing is written, when the person belongs to the organisation already.</summary>
    public static async Task<bool> InsertMemberAsync(this TenantSession session, MemberRow member, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
            VALUES (@OwnerId, @MemberId, @PersonId, @Issuer, @Subject, @DisplayName, @Email, @Phone, string_to_array(@Roles, ','), @CreateTime, @Revision)
            ON CONFLICT (owner_id, person_id) DO NOTHING
            """;

        return await session.ExecuteAsync(Sql, member, cancellationToken) == 1;
    }

    public static Task UpdateMemberAsync(this TenantSession session, MemberRow member, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE member SET display_name = @DisplayName, email = @Email, phone = @Phone, roles = string_to_array(@Roles, ','), revision = @Revision
            WHERE owner_id = @OwnerId AND member_id = @MemberId
            """;

        return session.ExecuteAsync(Sql, member, cancellationToken);
    }

    public static Task DeleteMemberAsync(this TenantSession session, MemberRow member, CancellationToken cancellationToken) =>
        session.ExecuteAsync("DELETE FROM member WHERE owner_id = @OwnerId AND member_id = @MemberId", new { member.OwnerId, member.MemberId }, cancellationToken);

    /// <summary>From here to the end of the session nobody else changes who administers the organisation.</summary>
    /// <returns>How many administrators it has.</returns>
    public static async Task<long> LockAdministratorsAsync(this TenantSession session, CancellationToken cancellationToken)
    {
        const string Lock = "SELECT owner_id FROM organization WHERE owner_id = @organization FOR NO KEY UPDATE";

        // A statement after the lock: it sees what the former holder of the lock committed.
        const string Count = "SELECT count(*) FROM member WHERE owner_id = @organization AND @administrator = ANY (roles)";

        var organization = session.Caller.OrganizationId;
        await session.FindAsync<Guid?>(Lock, new { organization }, cancellationToken);
        return await session.FindAsync<long>(Count, new { organization, administrator = MemberRoles.Administrator }, cancellationToken);
    }

    public static Task<Outcome<MemberRow>> FindMemberAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync($"{Select} AND member_id = @id", id, cancellationToken);

    /// <summary>The same, and nobody else changes it before the session ends.</summary>
    public static Task<Outcome<MemberRow>> LockMemberAsync(this TenantSession session, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync($"{Select} AND member_id = @id FOR UPDATE", id, cancellationToken);

    /// <summary>Ids of version 7 sort by time: those who joined first come first.</summary>
    public static Task<IReadOnlyList<MemberRow>> ListMembersAsync(this TenantSession session, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<MemberRow>(
            $"{Select} AND member_id > @after ORDER BY member_id LIMIT @Limit",
            new { organization = session.Caller.OrganizationId, after = page.After?.Id ?? Guid.Empty, page.Limit },
            cancellationToken);

    private static async Task<Outcome<MemberRow>> FindAsync(this TenantSession session, string sql, Guid id, CancellationToken cancellationToken) =>
        await session.FindAsync<MemberRow>(sql, new { organization = session.Caller.OrganizationId, id }, cancellationToken) is { } member
            ? new Outcome<MemberRow>.Accepted(member)
            : new Outcome<MemberRow>.NotFound("MEMBER_NOT_FOUND", new("There is no member with this id.", "Aucun membre n'a cet identifiant."));
}
