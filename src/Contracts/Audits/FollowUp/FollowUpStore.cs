using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>Requests and findings in the database. Whoever writes holds the lock of the row: they get late without a caller.</summary>
internal static class FollowUpStore
{
    internal const string Requests =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, evidence_request_id AS id, mission_id AS missionid,
               recorded_by AS recordedby, audited_side AS auditedside, title, detail, due_day AS dueday, state, answer, files::text AS files,
               answer_time AS answertime, overdue_time AS overduetime, create_time AS createtime, revision
        FROM evidence_request
        """;

    internal const string Findings =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, finding_id AS id, mission_id AS missionid,
               control_id AS controlid, audited_side AS auditedside, severity, title, detail, state, plan, due_day AS dueday, outcome, verdict, overdue_time AS overduetime,
               close_time AS closetime, create_time AS createtime, revision
        FROM audit_finding
        """;

    public static async Task<Outcome<EvidenceRow>> FindRequestAsync(
        this TenantSession session, SharedDelegation delegation, Guid id, bool isLocked, CancellationToken cancellationToken)
    {
        var row = await session.FindAsync<EvidenceRow>(
            $"{Requests}\nWHERE owner_id = @InsurerId AND delegation_id = @Delegation AND evidence_request_id = @id{(isLocked ? " FOR NO KEY UPDATE" : "")}",
            new { delegation.InsurerId, Delegation = delegation.Id, id },
            cancellationToken);
        return row is null ? FollowUpRefusals.RequestNotFound : new Outcome<EvidenceRow>.Accepted(row);
    }

    public static async Task<Outcome<FindingRow>> LockFindingAsync(this TenantSession session, SharedDelegation delegation, Guid id, CancellationToken cancellationToken)
    {
        var row = await session.FindAsync<FindingRow>(
            $"{Findings}\nWHERE owner_id = @InsurerId AND delegation_id = @Delegation AND finding_id = @id FOR NO KEY UPDATE",
            new { delegation.InsurerId, Delegation = delegation.Id, id },
            cancellationToken);
        return row is null ? FollowUpRefusals.FindingNotFound : new Outcome<FindingRow>.Accepted(row);
    }

    public static async Task<Page<EvidenceRow>> ListRequestsAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken) =>
        (await session.ListAsync<EvidenceRow>(Requests, "evidence_request_id", delegation, page, cancellationToken)).ToPage(page, row => new PageKey(default, row.Id));

    public static async Task<Page<FindingRow>> ListFindingsAsync(this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken) =>
        (await session.ListAsync<FindingRow>(Findings, "finding_id", delegation, page, cancellationToken)).ToPage(page, row => new PageKey(default, row.Id));

    public static Task InsertRequestAsync(this TenantSession session, EvidenceRow request, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO evidence_request (owner_id, delegation_id, delegate_id, evidence_request_id, mission_id, recorded_by, audited_side, title, detail,
                                          due_day, state, answer, files, create_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @MissionId, @RecordedBy, @AuditedSide, @Title, @Detail,
                    @DueDay, @State, @Answer, @Files::jsonb, @CreateTime, @Revision)
            """;

        return session.ExecuteAsync(Sql, request, cancellationToken);
    }

    public static Task SaveRequestAsync(this DatabaseSession session, EvidenceRow request, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE evidence_request
            SET state = @State, answer = @Answer, files = @Files::jsonb, answer_time = @AnswerTime, overdue_time = @OverdueTime, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND evidence_request_id = @Id
            """;

        return session.ExecuteAsync(Sql, request, cancellationToken);
    }

    public static Task InsertFindingAsync(this TenantSession session, FindingRow finding, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO audit_finding (owner_id, delegation_id, delegate_id, finding_id, mission_id, control_id, audited_side, severity, title, detail, state, plan,
                                       outcome, verdict, create_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @MissionId, @ControlId, @AuditedSide, @Severity, @Title, @Detail, @State, @Plan,
                    @Outcome, @Verdict, @CreateTime, @Revision)
            """;

        return session.ExecuteAsync(Sql, finding, cancellationToken);
    }

    public static Task SaveFindingAsync(this DatabaseSession session, FindingRow finding, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE audit_finding
            SET state = @State, plan = @Plan, due_day = @DueDay, outcome = @Outcome, verdict = @Verdict, overdue_time = @OverdueTime, close_time = @CloseTime,
                revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND finding_id = @Id
            """;

        return session.ExecuteAsync(Sql, finding, cancellationToken);
    }

    private static Task<IReadOnlyList<T>> ListAsync<T>(
        this TenantSession session, string columns, string key, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken) =>
        session.QueryAsync<T>(
            $"""
            {columns}
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR {key} < @after)
            ORDER BY {key} DESC
            LIMIT @Limit
            """,
            new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);
}
