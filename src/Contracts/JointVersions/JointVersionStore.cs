using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.JointVersions;

/// <summary>Versions of what both sides validate, in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class JointVersionStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, version_id AS id, kind, subject_id AS subjectid,
               about_id AS aboutid, number, state, effective_day AS effectiveday, last_day AS lastday, superseded_on_day AS supersededonday,
               supersede_time AS supersedetime, terms::text AS terms, proposed_by AS proposedby, insurer_person_id AS insurerpersonid,
               insurer_consent_time AS insurerconsenttime, delegate_person_id AS delegatepersonid, delegate_consent_time AS delegateconsenttime,
               create_time AS createtime, validate_time AS validatetime, content_revision AS contentrevision, revision
        FROM joint_version
        WHERE owner_id = @InsurerId AND delegation_id = @delegationId AND kind = @kind
        """;

    /// <summary>What is kept of a thing: how many things of its kind there are, and of itself the next number and whether a proposal is open.</summary>
    internal sealed record Series(long Subjects, int Next, bool IsOpen);

    public static async Task<Series> FindSeriesAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, Guid? subjectId, CancellationToken cancellationToken)
    {
        // What was withdrawn before both had validated it takes no place.
        const string Sql =
            """
            SELECT count(DISTINCT subject_id) FILTER (WHERE state <> 'withdrawn') AS subjects,
                   coalesce(max(number) FILTER (WHERE subject_id = @subjectId), 0) + 1 AS next,
                   coalesce(bool_or(state = 'proposed') FILTER (WHERE subject_id = @subjectId), false) AS isopen
            FROM joint_version
            WHERE owner_id = @InsurerId AND delegation_id = @delegationId AND kind = @kind
            """;

        return (await session.FindAsync<Series>(
            Sql, new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code, subjectId }, cancellationToken))!;
    }

    public static Task<JointVersionRow?> FindVersionAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, Guid versionId, CancellationToken cancellationToken) =>
        session.FindAsync<JointVersionRow>(
            $"{Columns} AND version_id = @versionId",
            new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code, versionId },
            cancellationToken);

    /// <summary>The version of a thing that both sides validated and that no other has superseded yet, or null.</summary>
    public static Task<JointVersionRow?> FindValidatedAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, Guid subjectId, CancellationToken cancellationToken) =>
        session.FindAsync<JointVersionRow>(
            $"{Columns} AND subject_id = @subjectId AND state = 'validated'",
            new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code, subjectId },
            cancellationToken);

    /// <summary>All versions of a thing, the newest first.</summary>
    public static Task<IReadOnlyList<JointVersionRow>> ListAllVersionsAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, Guid subjectId, CancellationToken cancellationToken) =>
        session.QueryAsync<JointVersionRow>(
            $"{Columns} AND subject_id = @subjectId ORDER BY number DESC",
            new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code, subjectId },
            cancellationToken);

    /// <summary>What both sides agreed on that holds on some day of a period; without its last day, on some day from the first one on.</summary>
    public static Task<IReadOnlyList<JointVersionRow>> ListHoldingAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, DateOnly startDay, DateOnly? endDay, CancellationToken cancellationToken) =>
        session.QueryAsync<JointVersionRow>(
            $"""
            {Columns} AND state IN ('validated', 'superseded') AND (@endDay::date IS NULL OR effective_day <= @endDay)
              AND (last_day IS NULL OR last_day >= @startDay) AND (superseded_on_day IS NULL OR superseded_on_day > greatest(@startDay, effective_day))
            ORDER BY version_id
            """,
            new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code, startDay, endDay },
            cancellationToken);

    /// <summary>The open proposals.</summary>
    public static Task<IReadOnlyList<JointVersionRow>> ListProposedAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, CancellationToken cancellationToken) =>
        session.QueryAsync<JointVersionRow>(
            $"{Columns} AND state = 'proposed' ORDER BY version_id",
            new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code },
            cancellationToken);

    public static async Task<Page<JointVersionRow>> ListVersionsAsync(
        this TenantSession session, JointKind kind, SharedDelegation delegation, Guid? subjectId, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest =
            """
             AND (@after::uuid IS NULL OR version_id < @after) AND (@subjectId::uuid IS NULL OR subject_id = @subjectId)
            ORDER BY version_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<JointVersionRow>(
            $"{Columns}{Newest}",
            new { delegation.InsurerId, delegationId = delegation.Id, kind = kind.Code, subjectId, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertVersionAsync(this TenantSession session, JointVersionRow version, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO joint_version (owner_id, delegation_id, delegate_id, version_id, kind, subject_id, about_id, number, state, effective_day, last_day, terms,
                                   proposed_by, create_time, content_revision, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Kind, @SubjectId, @AboutId, @Number, @State, @EffectiveDay, @LastDay, @Terms::jsonb,
                @ProposedBy, @CreateTime, @ContentRevision, @Revision)
        """,
        version,
        cancellationToken);

    public static Task SaveVersionAsync(this TenantSession session, JointVersionRow version, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE joint_version
        SET state = @State, effective_day = @EffectiveDay, last_day = @LastDay, superseded_on_day = @SupersededOnDay, supersede_time = @SupersedeTime,
            terms = @Terms::jsonb, insurer_person_id = @InsurerPersonId, insurer_consent_time = @InsurerConsentTime,
            delegate_person_id = @DelegatePersonId, delegate_consent_time = @DelegateConsentTime, validate_time = @ValidateTime,
            content_revision = @ContentRevision, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND version_id = @Id
        """,
        version,
        cancellationToken);
}
