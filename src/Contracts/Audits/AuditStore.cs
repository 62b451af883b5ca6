using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Audits;

/// <summary>Missions in the database. Whoever writes holds the lock of the mission: its window opens and ends without a caller.</summary>
internal static class AuditStore
{
    internal const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, mission_id AS id, kind, title, legal_basis AS legalbasis,
               clause_code AS clausecode, clause_title AS clausetitle, audited_side AS auditedside, recorded_by AS recordedby, subjects,
               period_start_day AS periodstartday, period_end_day AS periodendday, notice_days AS noticedays, urgent_reason AS urgentreason,
               open_day AS openday, close_day AS closeday, access_start AS accessstart, access_end AS accessend, auditors::text AS auditors,
               reads_seen_by AS readsseenby, state, notify_time AS notifytime, open_time AS opentime, end_time AS endtime, end_reason AS endreason,
               create_time AS createtime, revision
        FROM audit_mission
        """;

    private const string One = "WHERE owner_id = @InsurerId AND delegation_id = @Id AND mission_id = @missionId";

    public static async Task<Outcome<AuditMissionRow>> FindMissionAsync(this TenantSession session, SharedDelegation delegation, Guid missionId, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<AuditMissionRow>($"{Columns}\n{One}", new { delegation.InsurerId, delegation.Id, missionId }, cancellationToken));

    public static async Task<Outcome<AuditMissionRow>> LockMissionAsync(this TenantSession session, SharedDelegation delegation, Guid missionId, CancellationToken cancellationToken) =>
        Found(await session.FindAsync<AuditMissionRow>(
            $"{Columns}\n{One} FOR NO KEY UPDATE", new { delegation.InsurerId, delegation.Id, missionId }, cancellationToken));

    public static async Task<Page<AuditMissionRow>> ListMissionsAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest =
            """
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR mission_id < @after)
            ORDER BY mission_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<AuditMissionRow>(
            $"{Columns}\n{Newest}", new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertMissionAsync(this TenantSession session, AuditMissionRow mission, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO audit_mission (owner_id, delegation_id, delegate_id, mission_id, kind, title, legal_basis, clause_code, clause_title, audited_side,
                                       recorded_by, subjects, period_start_day, period_end_day, notice_days, urgent_reason, open_day, close_day,
                                       access_start, access_end, auditors, reads_seen_by, state, end_reason, create_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Kind, @Title, @LegalBasis, @ClauseCode, @ClauseTitle, @AuditedSide,
                    @RecordedBy, @Subjects, @PeriodStartDay, @PeriodEndDay, @NoticeDays, @UrgentReason, @OpenDay, @CloseDay,
                    @AccessStart, @AccessEnd, @Auditors::jsonb, @ReadsSeenBy, @State, @EndReason, @CreateTime, @Revision)
            """;

        return session.ExecuteAsync(Sql, mission, cancellationToken);
    }

    public static Task SaveMissionAsync(this DatabaseSession session, AuditMissionRow mission, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE audit_mission
            SET state = @State, notify_time = @NotifyTime, open_time = @OpenTime, end_time = @EndTime, end_reason = @EndReason, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND mission_id = @Id
            """;

        return session.ExecuteAsync(Sql, mission, cancellationToken);
    }

    /// <summary>Those of these members of the caller's organisation who are auditors and nothing else.</summary>
    public static async Task<IReadOnlyList<Auditor>> FindAuditorsAsync(this TenantSession session, IReadOnlyList<Guid> memberIds, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT member_id AS memberid, person_id AS personid, display_name AS displayname
            FROM member
            WHERE owner_id = @OrganizationId AND member_id = ANY (@memberIds) AND roles = ARRAY[@auditor]
            """;

        if (memberIds.Count == 0)
            return [];

        var found = await session.QueryAsync<(Guid MemberId, Guid PersonId, string DisplayName)>(
            Sql, new { session.Caller.OrganizationId, memberIds = memberIds.ToArray(), auditor = Role.Auditor.Code() }, cancellationToken);
        return [.. found.Select(one => new Auditor { MemberId = one.MemberId.ToString(), PersonId = one.PersonId.ToString(), DisplayName = one.DisplayName })];
    }

    private static Outcome<AuditMissionRow> Found(AuditMissionRow? row) => row is null ? AuditRefusals.NotFound : new Outcome<AuditMissionRow>.Accepted(row);
}
