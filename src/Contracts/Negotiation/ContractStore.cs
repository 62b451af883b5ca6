using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Negotiation;

/// <summary>Contracts in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class ContractStore
{
    public const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, contract_id AS id, number, kind, amends_id AS amendsid, state,
               title, effective_day AS effectiveday, review_days AS reviewdays, drafted_by AS draftedby, proposed_terms::text AS proposedterms,
               terms_side AS termsside, terms_time AS termstime, create_time AS createtime, open_time AS opentime, agree_time AS agreetime,
               duration::text AS duration, amended_duration::text AS amendedduration, document_id AS documentid, document_sha256 AS documentsha256,
               document_bytes AS documentbytes, document_pages AS documentpages, scope_version_id AS scopeversionid,
               listed_annexes::text AS listedannexes, signing_order AS signingorder, signatures::text AS signatures, notices::text AS notices,
               proposed_termination::text AS proposedtermination,
               issue_time AS issuetime, in_force_time AS inforcetime, superseded_on_day AS supersededonday, supersede_time AS supersedetime,
               content_revision AS contentrevision, revision
        FROM contract
        """;

    /// <summary>The next number, and whether a contract is open that is not signed yet.</summary>
    internal sealed record Series(int Next, bool IsOpen);

    public static async Task<Series> FindContractSeriesAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT coalesce(max(number), 0) + 1 AS next,
                   coalesce(bool_or(kind = 'contract' AND state IN ('draft', 'negotiating', 'agreed', 'issued', 'partly_signed')), false) AS isopen
            FROM contract
            WHERE owner_id = @InsurerId AND delegation_id = @Id
            """;

        return (await session.FindAsync<Series>(Sql, new { delegation.InsurerId, delegation.Id }, cancellationToken))!;
    }

    public static Task<ContractRow?> FindContractAsync(this TenantSession session, SharedDelegation delegation, Guid contractId, CancellationToken cancellationToken) =>
        session.FindAsync<ContractRow>(
            $"{Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND contract_id = @contractId",
            new { delegation.InsurerId, delegation.Id, contractId },
            cancellationToken);

    public static async Task<Page<ContractRow>> ListContractsAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest =
            """
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR contract_id < @after)
            ORDER BY contract_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<ContractRow>(
            $"{Columns}\n{Newest}", new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertContractAsync(this TenantSession session, ContractRow contract, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO contract (owner_id, delegation_id, delegate_id, contract_id, number, kind, amends_id, state, title, effective_day, review_days,
                                  duration, drafted_by, create_time, content_revision, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Number, @Kind, @AmendsId, @State, @Title, @EffectiveDay, @ReviewDays,
                    @Duration::jsonb, @DraftedBy, @CreateTime, @ContentRevision, @Revision)
            """;

        return session.ExecuteAsync(Sql, contract, cancellationToken);
    }

    public static Task SaveContractAsync(this DatabaseSession session, ContractRow contract, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE contract
            SET state = @State, title = @Title, effective_day = @EffectiveDay, review_days = @ReviewDays, proposed_terms = @ProposedTerms::jsonb,
                terms_side = @TermsSide, terms_time = @TermsTime, open_time = @OpenTime, agree_time = @AgreeTime, duration = @Duration::jsonb,
                amended_duration = @AmendedDuration::jsonb, document_id = @DocumentId, document_sha256 = @DocumentSha256,
                document_bytes = @DocumentBytes, document_pages = @DocumentPages, scope_version_id = @ScopeVersionId,
                listed_annexes = @ListedAnnexes::jsonb, signing_order = @SigningOrder, signatures = @Signatures::jsonb, notices = @Notices::jsonb,
                proposed_termination = @ProposedTermination::jsonb,
                issue_time = @IssueTime, in_force_time = @InForceTime, superseded_on_day = @SupersededOnDay, supersede_time = @SupersedeTime,
                content_revision = @ContentRevision, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND contract_id = @Id
            """;

        return session.ExecuteAsync(Sql, contract, cancellationToken);
    }
}
