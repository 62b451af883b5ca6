using Delegation.Contracts.Commitments;
using Delegation.Contracts.Delegations;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.Finance;

/// <summary>Credit notes in the database. Whoever writes holds the lock of the delegation.</summary>
internal static class CreditNoteStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, credit_note_id AS id, number, state,
               commitment_id AS commitmentid, start_day AS startday, end_day AS endday, results::text AS results, penalty_cents AS penaltycents,
               bonus_cents AS bonuscents, issued_by AS issuedby, insurer_person_id AS insurerpersonid, insurer_consent_time AS insurerconsenttime,
               delegate_person_id AS delegatepersonid, delegate_consent_time AS delegateconsenttime, disputed_by AS disputedby,
               dispute_reason AS disputereason, disputed_amount_cents AS disputedamountcents, create_time AS createtime, accept_time AS accepttime,
               content_revision AS contentrevision, revision
        FROM credit_note
        WHERE owner_id = @InsurerId AND delegation_id = @Id
        """;

    /// <summary>What is there before another one: its number, whether its days are taken, and what the year has come to.</summary>
    internal sealed record Before(int Next, bool Overlaps, long Penalties, long Bonuses);

    public static async Task<Before> FindBeforeAsync(
        this TenantSession session, SharedDelegation delegation, Guid commitmentId, DayRange period, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            SELECT coalesce(max(number), 0) + 1 AS next,
                   coalesce(bool_or(start_day <= @End AND end_day >= @Start) FILTER (WHERE commitment_id = @commitmentId AND state <> 'withdrawn'), false) AS overlaps,
                   coalesce(sum(penalty_cents) FILTER (WHERE commitment_id = @commitmentId AND state <> 'withdrawn' AND end_day BETWEEN @first AND @last), 0)::bigint AS penalties,
                   coalesce(sum(bonus_cents) FILTER (WHERE commitment_id = @commitmentId AND state <> 'withdrawn' AND end_day BETWEEN @first AND @last), 0)::bigint AS bonuses
            FROM credit_note
            WHERE owner_id = @InsurerId AND delegation_id = @Id
            """;

        var year = period.End.Year;
        return (await session.FindAsync<Before>(
            Sql,
            new { delegation.InsurerId, delegation.Id, commitmentId, period.Start, period.End, first = new DateOnly(year, 1, 1), last = new DateOnly(year, 12, 31) },
            cancellationToken))!;
    }

    public static Task<CreditNoteRow?> FindCreditNoteAsync(this TenantSession session, SharedDelegation delegation, Guid creditNoteId, CancellationToken cancellationToken) =>
        session.FindAsync<CreditNoteRow>($"{Columns} AND credit_note_id = @creditNoteId", new { delegation.InsurerId, delegation.Id, creditNoteId }, cancellationToken);

    public static async Task<Page<CreditNoteRow>> ListCreditNotesAsync(
        this TenantSession session, SharedDelegation delegation, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<CreditNoteRow>(
            $"{Columns} AND (@after::uuid IS NULL OR credit_note_id < @after) ORDER BY credit_note_id DESC LIMIT @Limit",
            new { delegation.InsurerId, delegation.Id, after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task InsertCreditNoteAsync(this TenantSession session, CreditNoteRow note, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        INSERT INTO credit_note (owner_id, delegation_id, delegate_id, credit_note_id, number, state, commitment_id, start_day, end_day, results,
                                 penalty_cents, bonus_cents, issued_by, dispute_reason, create_time, content_revision, revision)
        VALUES (@OwnerId, @DelegationId, @DelegateId, @Id, @Number, @State, @CommitmentId, @StartDay, @EndDay, @Results::jsonb,
                @PenaltyCents, @BonusCents, @IssuedBy, @DisputeReason, @CreateTime, @ContentRevision, @Revision)
        """,
        note,
        cancellationToken);

    public static Task SaveCreditNoteAsync(this TenantSession session, CreditNoteRow note, CancellationToken cancellationToken) => session.ExecuteAsync(
        """
        UPDATE credit_note
        SET state = @State, insurer_person_id = @InsurerPersonId, insurer_consent_time = @InsurerConsentTime, delegate_person_id = @DelegatePersonId,
            delegate_consent_time = @DelegateConsentTime, disputed_by = @DisputedBy, dispute_reason = @DisputeReason,
            disputed_amount_cents = @DisputedAmountCents, accept_time = @AcceptTime, content_revision = @ContentRevision, revision = @Revision
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND credit_note_id = @Id
        """,
        note,
        cancellationToken);
}
