using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>Letters in the database. Whoever writes holds the lock of the letter: expiry comes without a caller.</summary>
internal static class LetterStore
{
    internal const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, letter_id AS id, state, scope_version_id AS scopeversionid,
               terms::text AS terms, fee_cap_cents AS feecapcents, effective_day AS effectiveday, end_day AS endday, due_annexes::text AS dueannexes,
               scope_lines::text AS scopelines, text, text_sha256 AS textsha256, signatures::text AS signatures,
               termination_consents::text AS terminationconsents, warned_days AS warneddays, superseded_on_day AS supersededonday,
               supersede_time AS supersedetime, last_day AS lastday, terminate_time AS terminatetime, create_time AS createtime,
               issue_time AS issuetime, in_force_time AS inforcetime, revision
        FROM letter
        """;

    public static Task<LetterRow?> FindLetterAsync(this TenantSession session, SharedDelegation delegation, Guid letterId, CancellationToken cancellationToken) =>
        session.FindAsync<LetterRow>(
            $"{Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND letter_id = @letterId", new { delegation.InsurerId, delegation.Id, letterId }, cancellationToken);

    public static Task<LetterRow?> LockLetterAsync(this TenantSession session, SharedDelegation delegation, Guid letterId, CancellationToken cancellationToken) =>
        session.FindAsync<LetterRow>(
            $"{Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND letter_id = @letterId FOR NO KEY UPDATE",
            new { delegation.InsurerId, delegation.Id, letterId },
            cancellationToken);

    public static Task<LetterRow?> LockLetterInForceAsync(this TenantSession session, SharedDelegation delegation, CancellationToken cancellationToken) =>
        session.FindAsync<LetterRow>(
            $"{Columns}\nWHERE owner_id = @InsurerId AND delegation_id = @Id AND state = 'in_force' FOR NO KEY UPDATE",
            new { delegation.InsurerId, delegation.Id },
            cancellationToken);

    public static async Task<Page<LetterRow>> ListLettersAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        const string Newest =
            """
            WHERE owner_id = @InsurerId AND delegation_id = @Id AND (@after::uuid IS NULL OR letter_id < @after)
            ORDER BY letter_id DESC
            LIMIT @Limit
            """;

        var rows = await session.QueryAsync<LetterRow>(
            $"{Columns}\n{Newest}", new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit }, cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertLetterAsync(this TenantSession session, LetterRow letter, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO letter (owner_id, delegation_id, delegate_id, letter_id, state, scope_version_id, terms, fee_cap_cents, effective_day, end_day,
                                due_annexes, signatures, termination_consents, create_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @State, @ScopeVersionId, @Terms::jsonb, @FeeCapCents, @EffectiveDay, @EndDay,
                    @DueAnnexes::jsonb, @Signatures::jsonb, @TerminationConsents::jsonb, @CreateTime, @Revision)
            """;

        return session.ExecuteAsync(Sql, letter, cancellationToken);
    }

    public static Task SaveLetterAsync(this DatabaseSession session, LetterRow letter, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE letter
            SET state = @State, scope_version_id = @ScopeVersionId, terms = @Terms::jsonb, fee_cap_cents = @FeeCapCents, effective_day = @EffectiveDay,
                end_day = @EndDay, due_annexes = @DueAnnexes::jsonb, scope_lines = @ScopeLines::jsonb, text = @Text, text_sha256 = @TextSha256,
                signatures = @Signatures::jsonb, termination_consents = @TerminationConsents::jsonb, warned_days = @WarnedDays,
                superseded_on_day = @SupersededOnDay, supersede_time = @SupersedeTime, last_day = @LastDay, terminate_time = @TerminateTime,
                issue_time = @IssueTime, in_force_time = @InForceTime, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND letter_id = @Id
            """;

        return session.ExecuteAsync(Sql, letter, cancellationToken);
    }

    public static async Task<IReadOnlyList<MinimumTerm>> ReadMinimumTermsAsync(this TenantSession session, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT topic, title, french_title AS frenchtitle, source, suggested_text AS suggestedtext
            FROM minimum_term
            ORDER BY place
            """;

        var rows = await session.QueryAsync<MinimumTermRow>(Sql, cancellationToken: cancellationToken);
        return [.. rows.Select(row => new MinimumTerm
        {
            Topic = StoredNames.Read<MinimumTermTopic>(row.Topic), Title = row.Title, FrenchTitle = row.FrenchTitle, Source = row.Source, SuggestedText = row.SuggestedText,
        })];
    }

    private sealed record MinimumTermRow(string Topic, string Title, string FrenchTitle, string Source, string SuggestedText);
}
