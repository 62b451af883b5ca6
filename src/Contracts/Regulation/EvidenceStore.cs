using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Regulation;

/// <summary>Evidence in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class EvidenceStore
{
    private const string Columns =
        """
        SELECT evidence_id AS id, kind, requirements, title, reference, start_day AS startday, end_day AS endday, person_id AS personid,
               create_time AS createtime, withdraw_time AS withdrawtime
        FROM requirement_evidence
        WHERE owner_id = @InsurerId AND delegation_id = @delegationId
        """;

    public static Task<EvidenceRow?> FindEvidenceAsync(this TenantSession session, SharedDelegation delegation, Guid id, CancellationToken cancellationToken) =>
        session.FindAsync<EvidenceRow>($"{Columns} AND evidence_id = @id", new { delegation.InsurerId, delegationId = delegation.Id, id }, cancellationToken);

    /// <summary>What proves something on a day.</summary>
    public static Task<IReadOnlyList<EvidenceRow>> ListEvidenceInForceAsync(
        this TenantSession session, SharedDelegation delegation, DateOnly day, CancellationToken cancellationToken) =>
        session.QueryAsync<EvidenceRow>(
            $"{Columns} AND withdraw_time IS NULL AND start_day <= @day AND (end_day IS NULL OR end_day >= @day)\nORDER BY evidence_id",
            new { delegation.InsurerId, delegationId = delegation.Id, day },
            cancellationToken);

    public static async Task<Page<EvidenceRow>> ListEvidenceAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<EvidenceRow>(
            $"{Columns} AND (@after::uuid IS NULL OR evidence_id < @after)\nORDER BY evidence_id DESC\nLIMIT @Limit",
            new { delegation.InsurerId, delegationId = delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);

        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertEvidenceAsync(this TenantSession session, SharedDelegation delegation, EvidenceRow row, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO requirement_evidence (owner_id, delegation_id, delegate_id, evidence_id, kind, requirements, title, reference, start_day, end_day,
                                              person_id, create_time)
            VALUES (@InsurerId, @delegationId, @DelegateId, @Id, @Kind, @Requirements, @Title, @Reference, @StartDay, @EndDay, @PersonId, @CreateTime)
            """;

        return session.ExecuteAsync(
            Sql,
            new
            {
                delegation.InsurerId, delegationId = delegation.Id, delegation.DelegateId, row.Id, row.Kind, row.Requirements, row.Title, row.Reference,
                row.StartDay, row.EndDay, row.PersonId, row.CreateTime,
            },
            cancellationToken);
    }

    public static Task SaveWithdrawalAsync(this TenantSession session, SharedDelegation delegation, EvidenceRow row, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "UPDATE requirement_evidence SET withdraw_time = @WithdrawTime WHERE owner_id = @InsurerId AND delegation_id = @delegationId AND evidence_id = @Id",
            new { row.WithdrawTime, delegation.InsurerId, delegationId = delegation.Id, row.Id },
            cancellationToken);
}
